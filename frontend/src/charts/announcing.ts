import { readStored, store } from '../ui/storage';

const KEY = 'quiet';
let isQuiet = readStored(KEY) !== null;

/** Whether changes of the first three are said aloud; the viewer may turn it off on this device. */
export const saysChanges = () => !isQuiet;

export function setSaysChanges(says: boolean) {
  isQuiet = !says;
  store(KEY, says ? null : '1');
}

import { focusManager } from '@tanstack/react-query';

const STREAM = '/charts/updates';
const COME_BACK_MS = 15_000;
const WITHOUT_STREAM_MS = 5_000;
const WITH_STREAM_MS = 10_000;

let stream: EventSource | undefined;

/** How often an open window is asked for when no update says so. */
// While nobody plays, no update comes, and yet the charts are complete through later and later.
export const pollEvery = () => (stream?.readyState === EventSource.OPEN ? WITH_STREAM_MS : WITHOUT_STREAM_MS);

/**
 * Calls `onChange` when charts have changed, or may have while the stream was interrupted, and `onFirst`
 * once it is open. One stream serves the whole app; a hidden page has none. Returns what ends it.
 */
export function followCharts(onChange: () => void, onFirst: () => void): () => void {
  let comeBack: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    let isInterrupted = false;
    let isFirst = true;
    const opened = new EventSource(STREAM);
    opened.onmessage = onChange;
    opened.onopen = () => {
      isInterrupted = false;
      if (isFirst) onFirst();
      else onChange();
      isFirst = false;
    };
    opened.onerror = () => {
      if (!isInterrupted) onChange();
      isInterrupted = true;
      // The browser comes back by itself after a lost connection, but not after a refusal.
      if (opened.readyState === EventSource.CLOSED) comeBack = setTimeout(open, COME_BACK_MS);
    };
    stream = opened;
  };
  const close = () => {
    clearTimeout(comeBack);
    stream?.close();
    stream = undefined;
  };
  const followWhileVisible = (isVisible: boolean) => {
    close();
    if (isVisible) open();
  };

  followWhileVisible(focusManager.isFocused());
  const stopWatching = focusManager.subscribe(followWhileVisible);
  return () => {
    stopWatching();
    close();
  };
}

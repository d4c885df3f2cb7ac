import { Chevron } from '../ui/chevron';
import { english } from '../ui/english';
import { Flag } from './flag';
import { RegionMenu } from './region-menu';
import { useRegionName } from './use-region-name';

interface RegionPickerProps {
  region: string;
  onChoose: (region: string) => void;
  /** Whether the place is the page's headline, or one choice among others. */
  headline?: boolean;
}

const headlineLook =
  '-mx-2 flex min-h-11 max-w-full items-center gap-3 rounded-xl px-2 text-left text-2xl font-bold tracking-tight sm:text-4xl';

/** The place, which opens the list of the others. */
export function RegionPicker({ region, onChoose, headline = false }: RegionPickerProps) {
  const name = useRegionName(region);
  const menu = (
    <RegionMenu region={region} onChoose={onChoose} className={headline ? headlineLook : 'control'}>
      <Flag region={region} />
      <span className={headline ? 'text-balance' : 'truncate'}>{name}</span>
      <Chevron className={headline ? 'w-4' : 'w-3'} />
      <span className="sr-only">{english.regions.choose}</span>
    </RegionMenu>
  );
  return headline ? <h1>{menu}</h1> : menu;
}

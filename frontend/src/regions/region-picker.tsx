import { useId } from 'react';
import { Chevron } from '../ui/chevron';
import { texts } from '../ui/texts';
import { Flag } from './flag';
import { chooseHome } from './home-region';
import { GLOBAL } from './parse-region';
import { RegionMenu } from './region-menu';
import { useRegionName } from './use-region-name';

interface RegionPickerProps {
  region: string;
  onChoose: (region: string) => void;
}

/** Remembers the choice for every later visit. */
const remembering = (onChoose: (region: string) => void) => (region: string) => {
  chooseHome(region);
  onChoose(region);
};

/** The page's headline, in which the place opens the list of the others. */
export function RegionHeadline({ region, onChoose }: RegionPickerProps) {
  const name = useRegionName(region);
  const hint = useId();
  return (
    <div className="relative min-w-0">
      <h1 className="flex flex-wrap items-center gap-x-[0.3em] text-2xl font-bold tracking-tight max-sm:flex-col max-sm:items-start sm:text-3xl">
        <span className="max-sm:text-sm max-sm:leading-4 max-sm:text-quiet">
          {texts.charts.titleBefore(region === GLOBAL)}
        </span>{' '}
        <RegionMenu
          region={region}
          describedBy={hint}
          align="outer"
          onChoose={remembering(onChoose)}
          className="inline-flex min-h-11 max-w-full items-center gap-2 text-left leading-tight max-sm:-my-1"
        >
          <span className="text-balance underline decoration-tint-line decoration-2 underline-offset-[0.2em]">
            {texts.charts.place(name)}
          </span>
          <Chevron className="w-3.5" />
        </RegionMenu>
      </h1>
      <span id={hint} hidden>
        {texts.regions.choose}
      </span>
    </div>
  );
}

/** The place as one choice among others. */
export function RegionPicker({ region, onChoose }: RegionPickerProps) {
  const name = useRegionName(region);
  return (
    <RegionMenu region={region} onChoose={remembering(onChoose)} className="control">
      <Flag region={region} />
      <span className="truncate">{name}</span>
      <Chevron className="w-3" />
      <span className="sr-only">{texts.regions.choose}</span>
    </RegionMenu>
  );
}

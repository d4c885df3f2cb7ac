import { RegionMenu } from '../regions/region-menu';
import { compare as words } from '../ui/texts/pages';

interface AddRegionProps {
  regions: string[];
  onChoose: (regions: string[]) => void;
}

/** Puts one more region beside the others. */
export function AddRegion({ regions, onChoose }: AddRegionProps) {
  const add = (region: string) => onChoose([...new Set([...regions, region])]);
  return (
    <div className="screen-only flex items-center gap-3">
      <RegionMenu onChoose={add} className="control">
        <span aria-hidden>+</span> {words.add}
      </RegionMenu>
      {regions.length === 1 && <p className="text-sm text-quiet">{words.oneMore}</p>}
    </div>
  );
}

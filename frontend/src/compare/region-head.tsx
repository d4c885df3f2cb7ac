import { Flag } from '../regions/flag';
import { RegionMenu } from '../regions/region-menu';
import { Chevron } from '../ui/chevron';
import { texts } from '../ui/texts';
import { compare as words } from '../ui/texts/pages';

interface RegionHeadProps {
  region: string;
  name: string;
  onReplace: (region: string) => void;
  /** Undefined where it is the only one. */
  onRemove: (() => void) | undefined;
}

/** A region of the table: press it for another one, or take it away. */
export function RegionHead({ region, name, onReplace, onRemove }: RegionHeadProps) {
  return (
    <span className="flex items-center rounded-xl border border-line bg-surface pl-1 font-semibold">
      <RegionMenu
        region={region}
        onChoose={onReplace}
        className="inline-flex min-h-11 min-w-0 items-center gap-1.5 rounded-lg px-1"
      >
        <Flag region={region} />
        <span className="compared-region">{name}</span>
        <Chevron className="w-2.5 shrink-0" />
        <span className="sr-only">{texts.regions.choose}</span>
      </RegionMenu>
      {onRemove && (
        <button
          type="button"
          onClick={onRemove}
          aria-label={words.remove(name)}
          className="grid h-11 w-9 shrink-0 place-items-center rounded-lg text-quiet hover:text-ink"
        >
          <span aria-hidden>✕</span>
        </button>
      )}
    </span>
  );
}

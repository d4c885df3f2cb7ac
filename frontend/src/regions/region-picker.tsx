import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { english } from '../ui/english';
import { Flag } from './flag';
import { RegionList } from './region-list';
import { useRegionName } from './use-region-name';

interface RegionPickerProps {
  region: string;
  onChoose: (region: string) => void;
}

/** The place as the page's headline; opens a searchable list of the regions that have charts. */
export function RegionPicker({ region, onChoose }: RegionPickerProps) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const name = useRegionName(region);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const closeWhenLeft = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) close();
  };
  const choose = (chosen: string) => {
    close();
    onChoose(chosen);
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- only listens to what bubbles from its controls
    <div className="relative" onBlur={closeWhenLeft} onKeyDown={closeOnEscape}>
      <h1>
        <button
          ref={opener}
          type="button"
          aria-haspopup="listbox"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="-mx-2 flex min-h-11 items-center gap-3 rounded-xl px-2 text-left text-3xl font-bold tracking-tight sm:text-4xl"
        >
          <Flag region={region} />
          <span className="text-balance">{name}</span>
          <svg
            aria-hidden
            viewBox="0 0 12 12"
            className="w-4 shrink-0 text-quiet"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
          >
            <path d="m2 4 4 4 4-4" />
          </svg>
          <span className="sr-only">{english.regions.choose}</span>
        </button>
      </h1>
      {open && <RegionList region={region} onChoose={choose} />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { troubleOf } from '../api/trouble';
import { texts } from '../ui/texts';
import { FailedPart } from '../ui/failed-part';
import { findRegions } from './find-regions';
import { Flag } from './flag';
import { regionsQuery } from './get-regions';

interface RegionListProps {
  region: string | undefined;
  onChoose: (region: string) => void;
}

/** A search field that filters a list box by every name of a region: arrows move, Enter chooses. */
export function RegionList({ region, onChoose }: RegionListProps) {
  const asked = useQuery(regionsQuery);
  const { data: regions = [], refetch } = asked;
  const hasFailed = !asked.data && troubleOf(asked) !== undefined;
  const [text, setText] = useState('');
  const [moved, setMoved] = useState<number>();
  const search = useRef<HTMLInputElement>(null);
  const id = useId();
  useLayoutEffect(() => search.current?.focus(), []);

  const wanted = text.trim();
  const shown = findRegions(regions, wanted, navigator.languages);
  const start = Math.max(
    0,
    shown.findIndex((each) => each.region === region),
  );
  const active = Math.min(moved ?? (wanted === '' ? start : 0), shown.length - 1);

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, active]);

  const steps: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    Home: 0,
    End: shown.length - 1,
  };
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const chosen = shown[active];
    if (step !== undefined) setMoved(Math.max(0, Math.min(step, shown.length - 1)));
    else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen.region);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        ref={search}
        type="search"
        role="combobox"
        aria-label={texts.regions.search}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
        placeholder={texts.regions.search}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMoved(undefined);
        }}
        onKeyDown={move}
        className="min-h-12 w-full border-b border-line bg-transparent px-4 text-base placeholder:text-quiet focus-visible:outline-none"
      />
      <p role="status" className="sr-only">
        {texts.regions.found(shown.length)}
      </p>
      <ul id={id} role="listbox" aria-label={texts.regions.choose} className="max-h-80 overflow-y-auto p-1.5">
        {shown.map((each, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the search field keeps the focus and has the keys
          <li
            key={each.region}
            id={`${id}-${index}`}
            role="option"
            aria-selected={each.region === region}
            data-active={index === active || undefined}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setMoved(index)}
            onClick={() => onChoose(each.region)}
            className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 ${index === active ? 'bg-tint' : ''} ${each.region === region ? 'font-semibold text-accent' : ''}`}
          >
            <Flag region={each.region} />
            {each.name}
          </li>
        ))}
      </ul>
      {hasFailed && (
        <FailedPart className="px-4 pb-4" sentence={texts.regions.failed} onRetry={() => void refetch()} />
      )}
      {!hasFailed && shown.length === 0 && wanted !== '' && (
        <p className="px-4 pb-4 text-sm text-quiet">{texts.regions.none(wanted)}</p>
      )}
    </>
  );
}

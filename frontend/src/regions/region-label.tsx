import { Flag } from './flag';
import { useRegionName } from './use-region-name';

/** A region's flag and name. */
export function RegionLabel({ region }: { region: string }) {
  const name = useRegionName(region);
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2">
      <Flag region={region} />
      <span className="truncate">{name}</span>
    </span>
  );
}

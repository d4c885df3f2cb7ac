import type { ReactNode } from 'react';
import { Popover } from '../ui/popover';
import { RegionList } from './region-list';

interface RegionMenuProps {
  /** The region that is chosen, if any. */
  region?: string;
  onChoose: (region: string) => void;
  children: ReactNode;
  className: string;
  /** The id of what says more about the button. */
  describedBy?: string;
  align?: 'left' | 'outer';
}

/** A button that opens the searchable list of the regions that have charts. */
export function RegionMenu({ region, onChoose, children, className, describedBy, align }: RegionMenuProps) {
  return (
    <Popover label={children} describedBy={describedBy} align={align} kind="listbox" className={className}>
      {(close) => (
        <RegionList
          region={region}
          onChoose={(chosen) => {
            close();
            onChoose(chosen);
          }}
        />
      )}
    </Popover>
  );
}

import { Fragment, useState } from 'react';
import type { Grain } from '../api/shapes';
import { words } from '../ui/english/compare';
import type { Column } from './column';
import { RegionColumn } from './region-column';
import { SharedLines } from './shared-lines';

interface ColumnsProps {
  columns: Column[];
  grain: Grain;
  window: string | undefined;
  onChoose: (regions: string[]) => void;
}

/** The charts side by side with lines between them; on phones one after the other, to swipe. */
export function Columns({ columns, grain, window, onChoose }: ColumnsProps) {
  const [lit, setLit] = useState<string>();
  const regions = columns.map(({ region }) => region);
  const replace = (at: number) => (region: string) =>
    onChoose([...new Set(regions.map((before, index) => (index === at ? region : before)))]);
  return (
    <>
      {columns.length > 1 && <p className="text-sm text-quiet">{words.legend}</p>}
      <section
        aria-label={words.columns}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        className="compare"
      >
        {columns.map((column, index) => (
          <Fragment key={column.region}>
            {index > 0 && <SharedLines left={columns[index - 1]} right={column} lit={lit} />}
            <RegionColumn
              column={column}
              columns={columns}
              grain={grain}
              window={window}
              lit={lit}
              onLight={setLit}
              onReplace={replace(index)}
              onRemove={() => onChoose(regions.filter((region) => region !== column.region))}
            />
          </Fragment>
        ))}
      </section>
    </>
  );
}

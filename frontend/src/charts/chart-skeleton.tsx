import { texts } from '../ui/texts';
import { ChartFrame } from './chart-frame';

const ROWS = 10;

/** The final geometry while the chart loads: number one, what changed, rows. */
export function ChartSkeleton() {
  return (
    <div role="status" aria-busy>
      <span className="sr-only">{texts.charts.loading}</span>
      <div aria-hidden className="grid gap-2 sm:gap-4">
        <div className="story">
          <div className="hero">
            <div className="skeleton hero-tile" />
            <div className="hero-name grid gap-2">
              <div className="skeleton h-3 w-28" />
              <div className="skeleton h-6 w-44" />
            </div>
            <div className="hero-story">
              <div className="skeleton h-4 w-4/5" />
            </div>
          </div>
          <div className="changes">
            <div className="card h-13 min-w-64" />
            <div className="card h-13 min-w-64" />
            <div className="card h-13 min-w-64" />
          </div>
        </div>
        <ChartFrame caption={texts.charts.loading}>
          <tbody>
            {Array.from({ length: ROWS }, (_, row) => (
              <tr key={row} className="h-12.5 border-t border-line">
                <td className="px-3">
                  <div className="skeleton ml-auto h-6 w-6" />
                </td>
                <td className="hidden sm:table-cell" />
                <td>
                  <div className="skeleton h-4 w-3/5" />
                </td>
                <td colSpan={5} />
              </tr>
            ))}
          </tbody>
        </ChartFrame>
      </div>
    </div>
  );
}

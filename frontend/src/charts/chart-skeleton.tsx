import { english } from '../ui/english';
import { ChartFrame } from './chart-frame';
import { TOP } from './chart-search';

/** Rows of the final height while the chart loads. */
export function ChartSkeleton() {
  return (
    <div role="status" aria-busy>
      <ChartFrame caption={english.charts.loading}>
        <tbody aria-hidden>
          {Array.from({ length: TOP }, (_, row) => (
            <tr key={row} className="h-[5.625rem] border-t border-line sm:h-[4.875rem] md:h-[4.1875rem]">
              <td className="pl-5">
                <div className="skeleton ml-auto h-7 w-6" />
              </td>
              <td className="px-3">
                <div className="skeleton mx-auto h-4 w-8" />
              </td>
              <td colSpan={5} className="pr-5">
                <div className="skeleton h-4 w-3/5" />
                <div className="skeleton mt-2 h-3 w-2/5" />
              </td>
            </tr>
          ))}
        </tbody>
      </ChartFrame>
    </div>
  );
}

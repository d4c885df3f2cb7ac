import type { Check } from '../api/shapes';
import { status as words } from '../ui/texts/pages';
import { instantName } from '../ui/instant-names';
import { Verdict } from './verdict';

/** What must be true of the numbers, and whether it was when last looked at. */
export function ChecksTable({ checks }: { checks: Check[] }) {
  return (
    <section aria-labelledby="checks">
      <h2 id="checks" className="text-lg font-semibold">
        {words.checks}
      </h2>
      <p className="mb-3 text-sm text-quiet">{words.checksIntro}</p>
      {checks.length === 0 ? (
        <p className="rounded-2xl border border-line bg-surface p-4">{words.noChecks}</p>
      ) : (
        <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-xs">
          <table className="w-full text-sm">
            <caption className="sr-only">{words.checksIntro}</caption>
            <thead className="text-left text-quiet">
              <tr className="h-11">
                <th scope="col" className="px-4 font-medium">
                  {words.check}
                </th>
                <th scope="col" className="px-4 font-medium">
                  {words.result}
                </th>
                <th scope="col" className="hidden px-4 text-right font-medium sm:table-cell">
                  {words.checkedAt}
                </th>
              </tr>
            </thead>
            <tbody>
              {checks.map((check) => (
                <CheckRow key={check.name} check={check} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function CheckRow({ check: { name, holds, at } }: { check: Check }) {
  return (
    <tr className="h-12 border-t border-line">
      <th scope="row" className="px-4 text-left font-medium wrap-anywhere">
        {name}
      </th>
      <td className="px-4">
        <Verdict holds={holds} />
      </td>
      <td className="hidden px-4 text-right text-quiet tabular-nums sm:table-cell">
        <time dateTime={at}>{instantName(at)}</time>
      </td>
    </tr>
  );
}

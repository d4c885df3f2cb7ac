import type { ReactNode } from 'react';
import { explain as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';

interface CountPartsProps {
  title: string;
  head: string;
  parts: { key: string; name: ReactNode; plays: number }[];
}

/** The parts that a day or the whole world is made of; they add up to the number above. */
export function CountParts({ title, head, parts }: CountPartsProps) {
  return (
    <details className="rounded-xl border border-line">
      <summary className="flex min-h-11 cursor-pointer items-center px-4 font-medium">{title}</summary>
      <table className="mb-2 w-full text-sm">
        <caption className="sr-only">{title}</caption>
        <thead className="text-quiet">
          <tr>
            <th scope="col" className="px-4 py-1.5 text-left font-medium">
              {head}
            </th>
            <th scope="col" className="px-4 py-1.5 text-right font-medium">
              {words.plays}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ key, name, plays }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="px-4 py-2 text-left font-normal">
                {name}
              </th>
              <td className="px-4 py-2 text-right tabular-nums">{formatCount(plays)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

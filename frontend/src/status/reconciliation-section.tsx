import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasCode } from '../api/api-problem';
import { troubleOf } from '../api/trouble';
import { texts } from '../ui/texts';
import { reconciliation as words } from '../ui/texts/pages';
import { FailedPart } from '../ui/failed-part';
import { Skeleton } from '../ui/skeleton';
import { utcDay } from '../ui/times';
import { CounterSelect, type Counter } from './counter-select';
import { reconciliationQuery } from './get-reconciliation';
import { ReceivedSum } from './received-sum';
import { SumsTable } from './sums-table';
import { Verdict } from './verdict';

/** Whether the numbers of the newest day add up, with both numbers of each sum. */
export function ReconciliationSection() {
  const asked = useQuery(reconciliationQuery);
  const { data, refetch } = asked;
  const trouble = troubleOf(asked);
  const isUncounted = hasCode(trouble?.problem ?? null, 'not_computed');
  const [counter, setCounter] = useState<Counter>('plays');
  return (
    <section aria-labelledby="sums" className="grid gap-3">
      <header>
        <h2 id="sums" className="flex flex-wrap items-baseline gap-x-3 text-lg font-semibold">
          {words.title}
          {data && (
            <span className="font-normal text-quiet">{texts.windows.beside(utcDay(data.date), 'UTC')}</span>
          )}
          {data && <Verdict holds={data.holds} />}
        </h2>
        <p className="text-sm text-quiet">{words.intro}</p>
      </header>
      {!data && !trouble && <Skeleton label={words.loading} className="h-80" />}
      {!data && isUncounted && <p className="card p-4">{words.none}</p>}
      {!data && trouble && !isUncounted && (
        <FailedPart className="card p-4" sentence={words.failed} onRetry={() => void refetch()} />
      )}
      {data && (
        <>
          <ReceivedSum received={data.received} />
          <CounterSelect counter={counter} onChoose={setCounter} />
          <SumsTable lines={data.lines} counter={counter} />
        </>
      )}
    </section>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { troubleOf } from '../api/trouble';
import { homeRegion } from '../regions/home-region';
import { RegionPicker } from '../regions/region-picker';
import { useRegionName } from '../regions/use-region-name';
import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { archive as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { utcMonth } from '../ui/times';
import { useNow } from '../ui/use-now';
import { Calendar } from './calendar';
import { numberOnesQuery } from './get-number-ones';
import { HoursOfDay } from './hours-of-day';
import { monthBeside, monthOf, spanOf } from './month';
import { MostDays } from './most-days';

const route = getRouteApi('/archive');

/** The number ones of a month's days in one region, and of one day's hours. The address says which. */
export function ArchivePage() {
  const { region = homeRegion(), month: chosen, day } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const now = useNow(60_000);
  const month = chosen ?? monthOf(now);
  const regionName = useRegionName(region);
  const query = numberOnesQuery({ region, grain: 'day', ...spanOf(month) });
  const asked = useQuery(query);
  const trouble = troubleOf(asked);
  const name = utcMonth(`${month}-01`);
  return (
    <div className="grid grid-cols-1 gap-4">
      <DocumentTitle>{words.documentTitle(regionName)}</DocumentTitle>
      <header className="grid gap-1">
        <h1 className="text-3xl font-bold tracking-tight sm:text-4xl">{words.title}</h1>
        <p className="text-pretty text-quiet">{words.intro}</p>
      </header>
      <div className="screen-only flex flex-wrap items-center gap-2">
        <RegionPicker
          region={region}
          onChoose={(picked) => void navigate({ search: (search) => ({ ...search, region: picked }) })}
        />
        <MonthStepper month={month} name={name} />
      </div>
      {trouble && !asked.data && (
        <Failure
          title={words.failed}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {!trouble && !asked.data && <Skeleton label={words.loading} className="h-112" />}
      {asked.data?.length === 0 && <Panel title={words.empty} />}
      {asked.data && asked.data.length > 0 && (
        <>
          <Calendar
            month={month}
            caption={words.calendar(name, texts.charts.inRegion(regionName))}
            region={region}
            numberOnes={asked.data}
          />
          {day && <HoursOfDay region={region} day={day} />}
          <MostDays region={region} numberOnes={asked.data} />
        </>
      )}
    </div>
  );
}

function MonthStepper({ month, name }: { month: string; name: string }) {
  const now = monthOf(useNow(60_000));
  const look = 'grid size-11 place-items-center rounded-lg text-xl text-quiet hover:text-ink';
  const step = (steps: 1 | -1, sign: string, label: string) => (
    <Link
      to="/archive"
      search={(search) => ({ ...search, month: monthBeside(month, steps), day: undefined })}
      activeProps={{}}
      className={look}
      aria-label={label}
    >
      <span aria-hidden>{sign}</span>
    </Link>
  );
  return (
    <nav aria-label={words.month} className="flex items-center">
      {step(-1, '‹', words.earlier)}
      <span className="min-w-36 text-center font-semibold">{name}</span>
      {month < now && step(1, '›', words.later)}
    </nav>
  );
}

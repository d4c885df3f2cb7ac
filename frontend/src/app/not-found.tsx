import { Link } from '@tanstack/react-router';
import { english } from '../ui/english';
import { Panel } from '../ui/panel';

export function NotFound() {
  const toCharts = (
    <Link to="/" className="control">
      {english.app.toCharts}
    </Link>
  );
  return <Panel isPage title={english.app.notFound} action={toCharts} />;
}

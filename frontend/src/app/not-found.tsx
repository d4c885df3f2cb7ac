import { Link } from '@tanstack/react-router';
import { texts } from '../ui/texts';
import { Panel } from '../ui/panel';

export function NotFound() {
  const toCharts = (
    <Link to="/" className="control">
      {texts.app.toCharts}
    </Link>
  );
  return <Panel isPage title={texts.app.notFound} action={toCharts} />;
}

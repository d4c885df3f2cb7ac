import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { createQueryClient } from '../app/query-client';
import { createDashboardRouter } from '../app/router';

/** Renders the whole app at an address, as main.tsx does. */
export function renderRoute(address: string) {
  const queries = createQueryClient();
  const router = createDashboardRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const refresh = (key: string) => queries.refetchQueries({ queryKey: [key] });
  return { user: userEvent.setup(), queries, refresh, address: () => router.state.location.href };
}

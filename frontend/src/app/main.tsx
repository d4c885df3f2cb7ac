import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepForOffline } from '../api/offline';
import { chosenLanguage, loadTexts } from '../ui/texts/language';
import './main.css';
import { createQueryClient } from './query-client';
import { createDashboardRouter } from './router';
import { applyTheme, storedTheme } from './theme';

applyTheme(storedTheme());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

const drawn = createRoot(root);
void loadTexts(chosenLanguage()).then(() =>
  drawn.render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={createDashboardRouter()} />
      </QueryClientProvider>
    </StrictMode>,
  ),
);

// Once all is loaded, so that it takes nothing from the first screen. Refused in private windows and frames.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  window.addEventListener('load', () => void keepForOffline().catch(() => undefined));

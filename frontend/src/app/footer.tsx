import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { texts } from '../ui/texts';
import { LanguageSwitch } from './language-switch';

const words = texts.app;
const item =
  'inline-flex min-h-11 items-center text-quiet underline decoration-line underline-offset-4 hover:text-ink';

/** More charts, what this site is, and what operators and developers look for: out of the listeners' way. */
export function Footer() {
  const to = (page: '/archive' | '/world' | '/find' | '/about' | '/rules' | '/pipeline', name: string) => (
    <Link to={page} className={item} activeProps={{}}>
      {name}
    </Link>
  );
  return (
    <footer className="screen-only mt-10 grid gap-x-8 gap-y-2 border-t border-line py-4 text-sm sm:grid-cols-3">
      <Group name={words.moreCharts}>
        {to('/archive', words.archive)}
        {to('/world', words.worldTitle)}
        {to('/find', words.search)}
      </Group>
      <Group name={words.footer}>
        {to('/about', words.about)}
        {to('/rules', words.rules)}
        <LanguageSwitch />
      </Group>
      <Group name={words.behind}>
        {to('/pipeline', words.upToDate)}
        <a href="/docs" className={item}>
          {words.developers}
        </a>
      </Group>
    </footer>
  );
}

const Group = ({ name, children }: { name: string; children: ReactNode }) => (
  <nav aria-label={name} className="flex flex-col items-start">
    <span aria-hidden className="pt-2 font-semibold">
      {name}
    </span>
    {children}
  </nav>
);

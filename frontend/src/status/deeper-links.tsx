import { status as words } from '../ui/texts/pages';

const prefect = () => {
  const { protocol, hostname } = window.location;
  return `${protocol}//${hostname}:${import.meta.env.VITE_PREFECT_PORT}`;
};

/** Where an operator looks next: runs, models, requests. */
export function DeeperLinks() {
  const links = [
    { href: prefect(), words: words.prefect },
    { href: '/lineage', words: words.lineage },
    { href: '/docs', words: words.docs },
  ];
  return (
    <nav aria-labelledby="deeper">
      <h2 id="deeper" className="mb-3 text-lg font-semibold">
        {words.links}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-3">
        {links.map(({ href, words: [name, what] }) => (
          <li key={href}>
            <a
              href={href}
              className="block rounded-2xl border border-line bg-surface p-4 shadow-xs hover:border-control"
            >
              <span className="font-semibold text-accent">{name} →</span>
              <span className="block text-sm text-quiet">{what}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

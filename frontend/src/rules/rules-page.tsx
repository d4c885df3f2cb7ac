import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { rules as words } from '../ui/texts/pages';

/** What counts, in the words of a listener; every section can be linked to. */
export function RulesPage() {
  return (
    <div className="grid gap-8 lg:grid-cols-[14rem_1fr]">
      <DocumentTitle>{`${words.title} · ${texts.app.name}`}</DocumentTitle>
      <header className="grid gap-2 lg:col-span-2">
        <h1 className="text-3xl font-bold tracking-tight text-balance sm:text-4xl">{words.title}</h1>
        <p className="max-w-2xl text-lg text-pretty text-quiet">{words.intro}</p>
      </header>
      <nav aria-label={words.contents} className="screen-only">
        <ul className="grid gap-x-4 sm:grid-cols-2 lg:sticky lg:top-6 lg:grid-cols-1">
          {words.sections.map(([id, title]) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="inline-flex min-h-11 items-center text-sm font-medium text-quiet hover:text-ink"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid max-w-2xl gap-8">
        {words.sections.map(([id, title, text]) => (
          <section key={id} id={id} className="scroll-mt-6 target:rounded-xl target:bg-tint target:p-4">
            <h2 className="text-xl font-semibold">{title}</h2>
            <p className="mt-2 leading-relaxed text-pretty">{text}</p>
          </section>
        ))}
      </div>
    </div>
  );
}

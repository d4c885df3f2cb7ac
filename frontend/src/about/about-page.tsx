import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { about as words } from '../ui/texts/pages';

/** Where the numbers come from, how sure they are, how to cite them, and the licence. */
export function AboutPage() {
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-8">
      <DocumentTitle>{`${words.title} · ${texts.app.name}`}</DocumentTitle>
      <header className="grid gap-2">
        <h1 className="text-3xl font-bold tracking-tight text-balance sm:text-4xl">{words.title}</h1>
        <p className="text-lg text-pretty text-quiet">{words.intro}</p>
      </header>
      {words.sections.map(([id, title, text]) => (
        <section key={id} id={id} className="scroll-mt-6">
          <h2 className="text-xl font-semibold">{title}</h2>
          <p className="mt-2 leading-relaxed text-pretty">{text}</p>
        </section>
      ))}
    </div>
  );
}

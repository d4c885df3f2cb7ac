import type { Plugin } from 'vite';

/** The sentences of the first page, by language; keep equal to src/ui/texts/languages.ts. */
const folders: Record<string, string> = { en: 'english', de: 'german', es: 'spanish' };

/** Writes into index.html where each language lies, so that public/first.js fetches one while the code loads. */
export const languages = (): Plugin => ({
  name: 'languages',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((output) => output.type === 'chunk');
      const files = Object.entries(folders).flatMap(([code, folder]) => {
        const chunk = chunks.find((each) => each.facadeModuleId?.endsWith(`/ui/${folder}/index.ts`));
        return chunk ? [`${code}=/${chunk.fileName}`] : [];
      });
      const attrs = { name: 'languages', content: files.join(' ') };
      return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }];
    },
  },
});

import js from '@eslint/js';
import checkFile from 'eslint-plugin-check-file';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { flatConfigs, createNodeResolver } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { config, configs as typescript } from 'typescript-eslint';

/** What each folder may import besides itself and packages. */
const mayImport = {
  ui: [],
  api: [],
  regions: ['ui', 'api'],
  windows: ['ui', 'api'],
  status: ['ui', 'api', 'regions', 'windows'],
  rules: ['ui', 'api'],
  about: ['ui'],
  revisions: ['ui', 'api', 'songs', 'windows'],
  explain: ['ui', 'api', 'regions', 'windows', 'songs'],
  songs: ['ui', 'api', 'regions', 'windows', 'charts', 'explain'],
  charts: ['ui', 'api', 'regions', 'windows', 'songs', 'explain', 'revisions'],
  compare: ['ui', 'api', 'regions', 'windows', 'charts', 'songs'],
  world: ['ui', 'api', 'regions', 'windows', 'songs'],
  archive: ['ui', 'api', 'regions', 'windows', 'songs'],
  search: ['ui', 'api', 'regions', 'songs'],
  app: [
    'ui',
    'api',
    'charts',
    'songs',
    'regions',
    'status',
    'compare',
    'world',
    'archive',
    'search',
    'rules',
    'about',
  ],
};

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}/**/!(*.test).{ts,tsx}`,
  from: './src',
  except: [folder, ...allowed].map((name) => `./${name}`),
  message: `${folder}/ may import ${['itself', ...allowed].join(', ')} only.`,
}));

export default config(
  { ignores: ['dist', 'coverage', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  typescript.strict,
  flatConfigs.recommended,
  flatConfigs.typescript,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    files: ['**/*.{ts,tsx,js}'],
    languageOptions: { globals: { ...globals.browser } },
    plugins: { 'check-file': checkFile },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver(), createNodeResolver()],
    },
    rules: {
      'check-file/filename-naming-convention': [
        'error',
        { 'src/**/*.{ts,tsx}': 'KEBAB_CASE' },
        { ignoreMiddleExtensions: true },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'max-lines': ['error', 250],
    },
  },
  { files: ['*.js'], languageOptions: { globals: globals.node } },
);

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { expect, it } from 'vitest';

const SAID = new Set(['aria-label', 'alt', 'label', 'placeholder', 'sentence', 'title']);
const WORD = /\p{L}{2}/u;

const components = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx') && !file.startsWith('testing'))
  .map((file) => join('src', file));

/** The text of a node that is seen or heard as it stands; undefined for any other. */
function saidBy(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text;
  const { parent } = node;
  if (!ts.isStringLiteral(node)) return undefined;
  if (ts.isJsxAttribute(parent)) return SAID.has(parent.name.getText()) ? node.text : undefined;
  if (!ts.isJsxExpression(parent)) return undefined;
  const outer = parent.parent;
  return !ts.isJsxAttribute(outer) || SAID.has(outer.name.getText()) ? node.text : undefined;
}

/** What a component says without the languages. */
function literalsOf(file: string, source = readFileSync(file, 'utf8')) {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const said = saidBy(node);
    if (said !== undefined && WORD.test(said)) found.push(`${file}: ${said.trim()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

it('no component holds a sentence', () => {
  expect(components.length).toBeGreaterThan(60);
  expect(components.flatMap((file) => literalsOf(file))).toEqual([]);
});

it('a sentence in a component is found', () => {
  expect(literalsOf('a.tsx', '<p title="Go there">Hello {"you all"}</p>')).toHaveLength(3);
  expect(literalsOf('a.tsx', '<p className="mt-2" dir={"auto"}>{words.hello} ·</p>')).toEqual([]);
});

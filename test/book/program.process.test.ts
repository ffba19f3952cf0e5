/** What a page copies of a cell is a program that compiles: every cell of this book, with what is before it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { loadSoundBook } from '../../src/book/book.ts';
import { programOf } from '../../src/book/browser/program.ts';
import { type Chapter, cells, hasNotebook } from '../../src/book/chapter/chapter.ts';
import { parseChapter } from '../../src/book/chapter/parse.ts';
import { cellParts } from '../../src/book/chapter/program.ts';
import { inClone } from '../../src/lab/clone.ts';

function chapterOf(text: string): Chapter {
  return parseChapter('01-doors', `# Doors\n${text}`, []).chapter;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

test('and runs: it prints what stands under its cell', () => {
  const chapter = loadSoundBook(inClone()).chapters.find(({ slug }) => slug === '01-order');
  const cell = chapter && cells(chapter)[0];
  const program = programOf(chapter ? cellParts(chapter) : [], 'cell-1') ?? '';
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { target: OPTIONS.target, module: ts.ModuleKind.ES2022 },
  });
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', outputText], {
    cwd: inClone(),
    encoding: 'utf8',
  });
  expect(printed.trim()).toBe(cell?.output?.pattern);
  expect(printed).not.toBe('');
});

test('and ends: what a cell opens is closed after it, last first, and once', () => {
  const parts = cellParts(
    chapterOf(`
\`\`\`ts run
import { open } from 'door';
const house = await open('house');
\`\`\`

\`\`\`ts run
const room = await house.open('room');
\`\`\`

\`\`\`ts run
console.log(room);
\`\`\`

\`\`\`ts run
await room.stop();
await house.close();
\`\`\`
`),
  );
  const ends = ['cell-1', 'cell-2', 'cell-3', 'cell-4'].map((id) => {
    const program = programOf(parts, id) ?? '';
    return program.split('\n').filter((line) => /\.(stop|close)\(/.test(line));
  });
  expect(ends).toEqual([
    ['await house.close();'],
    ['await room.stop();', 'await house.close();'],
    ['await room.stop();', 'await house.close();'],
    ['await room.stop();', 'await house.close();'],
  ]);
});

test('every cell of the book', () => {
  const { chapters } = loadSoundBook(inClone());
  const programs = new Map<string, string>();
  for (const chapter of chapters.filter(hasNotebook)) {
    const parts = cellParts(chapter);
    for (const { id } of parts) {
      const file = inClone('.streambook', 'copied', chapter.slug, `${id}.mts`).replaceAll(
        '\\',
        '/',
      );
      programs.set(file, programOf(parts, id) ?? '');
    }
  }
  expect(programs.size).toBeGreaterThan(100);

  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  const compiled = ts.createProgram([...programs.keys()], OPTIONS, {
    ...host,
    getCurrentDirectory: () => inClone(),
    fileExists: (file) => programs.has(file) || fileExists(file),
    directoryExists: (path) =>
      path.includes(join('.streambook', 'copied')) || ts.sys.directoryExists(path),
    getSourceFile: (file, version) => {
      const text = programs.get(file);
      return text === undefined
        ? getSourceFile(file, version)
        : ts.createSourceFile(file, text, version, true);
    },
  });
  const mistakes = [...programs.keys()].flatMap((file) => {
    const source = compiled.getSourceFile(file);
    const found = [
      ...compiled.getSyntacticDiagnostics(source),
      ...compiled.getSemanticDiagnostics(source),
    ];
    return found.map(
      ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
  expect(mistakes).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { takeExcerpt } from '../../src/book/source/excerpt.ts';
import { regionNames } from '../../src/book/source/regions.ts';

const SOURCE = `import { a } from './a.js';

// #region outer
export class Log {
  // #region append
  append(item: string): number {
    return this.items.push(item);
  }
  // #endregion append

  // #region read

  read(): string[] {
    return this.items;
  }

  // #endregion
}
// #endregion outer
`;

describe('taking an excerpt', () => {
  test('a region loses its markers and its indentation', () => {
    expect(takeExcerpt(SOURCE, 'append')).toEqual({
      found: true,
      code: 'append(item: string): number {\n  return this.items.push(item);\n}',
      lines: [6, 7, 8],
      indent: 2,
    });
  });

  test('blank lines at both ends are dropped, and a closing marker needs no name', () => {
    expect(takeExcerpt(SOURCE, 'read')).toMatchObject({
      code: 'read(): string[] {\n  return this.items;\n}',
      lines: [13, 14, 15],
    });
  });

  test('markers of nested regions are stripped, their code stays', () => {
    const excerpt = takeExcerpt(SOURCE, 'outer');
    expect(excerpt.found && excerpt.code).toContain('append(item');
    expect(excerpt.found && excerpt.code).not.toContain('region');
  });

  test('without a region it is the whole file, markers stripped', () => {
    const excerpt = takeExcerpt(SOURCE, undefined);
    expect(excerpt.found && excerpt.code).toMatch(/^import.*\}$/s);
    expect(excerpt.found && excerpt.code).not.toContain('region');
  });

  test('a region that is not there is a reason that names those that are', () => {
    expect(takeExcerpt(SOURCE, 'appends')).toEqual({
      found: false,
      reason: 'has no region `appends`; it has outer, append, read',
    });
  });

  test('a region that never ends is refused instead of running to the end of the file', () => {
    const open = SOURCE.replace('// #endregion outer\n', '');
    expect(takeExcerpt(open, 'outer')).toMatchObject({
      reason: 'never closes the region `outer` of line 3',
    });
  });

  test('two regions of one name are refused, since either could be meant', () => {
    const twice = `${SOURCE}\n// #region append\nx\n// #endregion append\n`;
    expect(takeExcerpt(twice, 'append')).toMatchObject({
      reason: 'has two regions `append`, lines 5 and 21',
    });
  });

  test('an empty region is refused, so that no listing is ever empty', () => {
    expect(takeExcerpt('// #region a\n\n// #endregion a\n', 'a')).toMatchObject({
      reason: 'has nothing to show there',
    });
  });

  test('names are listed in order', () => {
    expect(regionNames(SOURCE)).toEqual(['outer', 'append', 'read']);
  });
});

const STORY = `// #region log
export class Log {
  // #region append
  append(item: string): number {
    // #region since-4
    this.forget();
    // #endregion since-4
    return this.items.push(item);
  }
  // #endregion append

  // #region read
  read(): string[] {
    return this.items;
  }
  // #endregion read
  // #region since-4

  // #region forget
  forget(): void {}
  // #endregion forget
  // #endregion since-4
}
// #endregion log
`;

describe('an excerpt at its place in the book', () => {
  const shown = new Set(['log', 'append', 'read', 'forget']);
  const codeAt = (chapter: number, region: string) => {
    const excerpt = takeExcerpt(STORY, region, { chapter, shown });
    return excerpt.found ? excerpt.code : excerpt.reason;
  };

  test('leaves out what later chapters add, and names what is shown by itself', () => {
    expect(codeAt(1, 'log')).toBe('export class Log {\n  // … append\n\n  // … read\n}');
    expect(codeAt(5, 'log')).toBe(
      'export class Log {\n  // … append\n\n  // … read\n\n  // … forget\n}',
    );
  });

  test('has the lines of a later chapter from that chapter on', () => {
    expect(codeAt(1, 'append')).toBe(
      'append(item: string): number {\n  return this.items.push(item);\n}',
    );
    expect(codeAt(4, 'append')).toContain('this.forget();');
  });

  test('may itself stand in a stretch of its own chapter', () => {
    expect(codeAt(4, 'forget')).toBe('forget(): void {}');
  });

  test('is whole where the book shows nothing else of the file', () => {
    const alone = takeExcerpt(STORY, 'log');
    expect(alone).toMatchObject({ found: true });
    expect(alone.found && alone.code).not.toMatch(/#|…/);
  });
});

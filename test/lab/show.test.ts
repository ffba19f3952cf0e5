import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { drawLines, drawTape } from '../../src/draw/index.ts';
import { receiveFigures, type ShownFigure, show } from '../../src/lab/show.ts';
import { unsafeIn } from '../../src/lab/show-safety.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>';
const printed: string[] = [];

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  printed.length = 0;
});

describe('showing a figure', () => {
  test('prints what it says, and hands it to who records the chapter', async () => {
    const figures: ShownFigure[] = [];
    receiveFigures((figure) => figures.push(figure));
    await show('02-backlog', SVG, 'the backlog grows');
    expect(printed).toEqual(['[figure: the backlog grows]']);
    expect(figures).toEqual([{ name: '02-backlog', svg: SVG, alt: 'the backlog grows' }]);
  });

  test('refuses a name that is no name of a file, a figure without words, and an unsafe one', async () => {
    await expect(show('../x', SVG, 'x')).rejects.toThrow('"../x" is no name of a figure');
    await expect(show('02-x', SVG, ' ')).rejects.toThrow('must say on one line what it shows');
    await expect(show('02-x', SVG, 'a\nb')).rejects.toThrow('must say on one line');
    await expect(show('02-x', '<svg><script/></svg>', 'x')).rejects.toThrow('<script>');
    expect(printed).toEqual([]);
  });
});

describe('an SVG', () => {
  test('of this book is safe', async () => {
    const lines = {
      x: 'seconds',
      y: 'items',
      series: [{ name: '<&"', points: [[0, 1]] as const }],
    };
    expect(unsafeIn(await drawLines(lines))).toBeUndefined();
    const item = { offset: 3, topic: '<script>' };
    const cursors = [{ name: 'a" onload="x', offset: 3 }];
    expect(unsafeIn(drawTape({ items: [item], base: 2, cursors }))).toBeUndefined();
    expect(unsafeIn('<svg><use href="#a"/><rect fill="url(#b)"/><text>on = 1</text></svg>')).toBe(
      undefined,
    );
  });

  test.for([
    ['a script', '<svg><script>alert(1)</script></svg>', '<script>'],
    ['a script in other letters', '<svg><SCRIPT></SCRIPT></svg>', '<SCRIPT>'],
    ['a script of a name space', '<svg><svg:script></svg:script></svg>', '<svg:script>'],
    ['a handler', '<svg><g onload="x()"></g></svg>', 'handler'],
    ['a handler on itself', "<svg OnLoad='x()'></svg>", 'handler'],
    ['foreign markup', '<svg><foreignObject></foreignObject></svg>', '<foreignObject>'],
    ['a style sheet', '<svg><style>a {}</style></svg>', '<style>'],
    ['a style', '<svg style="x"></svg>', 'style'],
    ['a link', '<svg><a href="https://x"></a></svg>', '<a>'],
    ['another document', '<svg><use xlink:href="https://x#y"/></svg>', 'leads somewhere'],
    ['code as an address', '<svg><use href=" javascript:x"/></svg>', 'leads somewhere'],
    ['a picture from elsewhere', '<svg><rect fill="url(https://x)"/></svg>', 'loads something'],
    ['a comment that hides markup', '<svg><!-- --><g/></svg>', 'not well-formed'],
    ['an attribute without quotes', '<svg><g onload=x()></g></svg>', 'not well-formed'],
    ['a tag that is left open', '<svg><g></svg>', 'not well-formed'],
    ['something behind it', '<svg></svg><svg></svg>', 'not one <svg>'],
    ['text behind it', '<svg></svg>text', 'not well-formed'],
    ['no SVG at all', 'a picture', 'not one <svg>'],
  ] as const)('with %s is not', ([, svg, reason]) => {
    expect(unsafeIn(svg)).toContain(reason);
  });
});

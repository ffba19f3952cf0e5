import stringWidth from 'string-width';

/** A control sequence, or a sign. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them
const TOKEN = /\u001b\[(\d*)([A-Z])|[\s\S]/gu;

/** As much of a terminal as the answers need: rows of cells, a cursor, and what has scrolled away. */
export class Terminal {
  /** All rows ever, the screen being the last of them. */
  private readonly lines: string[] = [''];
  private row = 0;
  private isOverwriting = false;

  constructor(
    readonly columns: number,
    readonly rows: number,
  ) {}

  /** What a person can see or scroll back to. */
  get text(): string {
    return this.lines.map((line) => line.trimEnd()).join('\n');
  }

  /** What a person sees. */
  get screen(): string {
    return this.lines.slice(this.top).join('\n');
  }

  write(data: string): void {
    for (const { 0: sign, 1: count, 2: command } of data.matchAll(TOKEN)) {
      if (command) this.obey(command, Number(count));
      else if (sign === '\r') this.isOverwriting = true;
      else if (sign === '\n') this.newline();
      else this.put(sign);
    }
  }

  private get top(): number {
    return Math.max(0, this.lines.length - this.rows);
  }

  private obey(command: string, count: number): void {
    if (command === 'A') this.row = Math.max(this.top, this.row - count);
    else if (command === 'J') this.clear();
    else throw new Error(`The terminal does not know the command ${command}.`);
  }

  /** From the start of the row: all uses of it stand after a carriage return. */
  private clear(): void {
    if (!this.isOverwriting) throw new Error('Clears in the middle of a row.');
    this.lines.splice(this.row, this.lines.length, '');
    this.isOverwriting = false;
  }

  private newline(): void {
    this.row++;
    if (this.row === this.lines.length) this.lines.push('');
  }

  private put(sign: string): void {
    if (this.isOverwriting) throw new Error('Writes over a row without clearing it.');
    const line = this.lines[this.row] ?? '';
    if (stringWidth(line + sign) > this.columns) {
      this.newline();
      this.put(sign);
    } else {
      this.lines[this.row] = line + sign;
    }
  }
}

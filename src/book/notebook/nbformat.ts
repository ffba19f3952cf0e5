/** A notebook in the format of Jupyter, nbformat 4.5, with its keys in the order in which Jupyter writes them. */
export interface Notebook {
  cells: NotebookCell[];
  metadata: {
    kernelspec: { display_name: string; language: string; name: string };
    language_info: { file_extension: string; mimetype: string; name: string };
  };
  nbformat: 4;
  nbformat_minor: 5;
}

export type NotebookCell = CodeCell | MarkdownCell;

export interface CodeCell {
  cell_type: 'code';
  execution_count: null;
  id: string;
  metadata: CellMetadata;
  outputs: StreamOutput[];
  source: string[];
}

export interface MarkdownCell {
  cell_type: 'markdown';
  id: string;
  metadata: CellMetadata;
  source: string[];
}

export interface CellMetadata {
  jupyter?: { source_hidden: boolean };
  tags?: string[];
}

export interface StreamOutput {
  name: 'stdout';
  output_type: 'stream';
  text: string[];
}

/** A notebook for the kernel `tslab`. */
export function notebookOf(cells: NotebookCell[]): Notebook {
  return {
    cells,
    metadata: {
      kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** The text of the `.ipynb` file, byte for byte what Jupyter writes when it saves the same notebook. */
export function serialise(notebook: Notebook): string {
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}

/** A text as nbformat stores it: a list of lines, each with its line break but the last. */
export function sourceLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

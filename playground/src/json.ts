import * as monaco from 'monaco-editor/esm/vs/editor/editor.api.js';

export const JSON_LANGUAGE = 'template';

/** Colours for the template, without the worker that Monaco’s own JSON brings. */
export function registerJson(): void {
  monaco.languages.register({ id: JSON_LANGUAGE });
  monaco.languages.setMonarchTokensProvider(JSON_LANGUAGE, {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'type'],
        [/"(?:[^"\\]|\\.)*"/, 'string'],
        [/-?\d+(?:\.\d+)?/, 'number'],
        [/true|false|null/, 'keyword'],
      ],
    },
  });
}

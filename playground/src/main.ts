import * as monaco from 'monaco-editor/esm/vs/editor/edcore.main.js';
import { conf, language } from 'monaco-editor/esm/vs/basic-languages/yaml/yaml.js';
import { draft } from '../../src/compiler/draft.ts';
import { printFinding } from '../../src/compiler/diagnostics/print.ts';
import { Service } from '../../src/editor/service.ts';
import { OpenFiles } from '../../src/editor/workspace.ts';
import { printPermissions } from '../../src/views/permissions.ts';
import { LANGUAGE, markers, register } from './providers.ts';
import { START } from './start.ts';
import { MAIN, workspace } from './workspace.ts';

type Tab = 'template' | 'permissions' | 'findings';

/** How long nobody types before the right side follows. */
const REST = 250;

const place = await workspace();
const files = new OpenFiles(place.files);
const service = new Service(place, MAIN, (path) => path);
let tab: Tab = 'template';

(globalThis as { MonacoEnvironment?: object }).MonacoEnvironment = {
  getWorker: () => new Worker(new URL('editor.worker.js', import.meta.url)),
};
monaco.languages.register({ id: LANGUAGE });
monaco.languages.setMonarchTokensProvider(LANGUAGE, language);
monaco.languages.setLanguageConfiguration(LANGUAGE, conf);
service.open(MAIN, START);
register(service);

const model = monaco.editor.createModel(START, LANGUAGE, monaco.Uri.parse(`file:///${MAIN}`));
monaco.editor.create(element('editor'), {
  model,
  theme: 'vs-dark',
  automaticLayout: true,
  minimap: { enabled: false },
  tabSize: 2,
  fontSize: 13,
  fixedOverflowWidgets: true,
  wordBasedSuggestions: 'off',
  acceptSuggestionOnEnter: 'smart',
  quickSuggestions: { other: true, comments: false, strings: true },
});
const shown = monaco.editor.create(element('shown'), {
  value: '',
  language: 'plaintext',
  theme: 'vs-dark',
  readOnly: true,
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 12,
  wordWrap: 'on',
});

let waiting: ReturnType<typeof setTimeout> | undefined;
model.onDidChangeContent(() => {
  service.open(MAIN, model.getValue());
  clearTimeout(waiting);
  waiting = setTimeout(show, REST);
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-tab]'))
  button.addEventListener('click', () => {
    tab = button.dataset['tab'] as Tab;
    for (const one of document.querySelectorAll('[data-tab]')) one.setAttribute('aria-selected', String(one === button));
    show();
  });
element('stage').addEventListener('change', show);
show();

/** The right side, and what is underlined on the left. */
function show(): void {
  files.open(MAIN, model.getValue());
  monaco.editor.setModelMarkers(model, 'eventsystem', markers(service));
  offerStages();
  const { findings, made } = draft({ files, main: MAIN, stage: stage(), catalogue: place.catalogue });
  element('count').textContent = findings.length === 0 ? '' : `(${findings.length})`;
  const wrong = 'Something is wrong with the system: see the findings.';
  const texts: { readonly [T in Tab]: () => string } = {
    template: () => (made ? JSON.stringify(made.template, null, 2) : wrong),
    permissions: () => (made ? printPermissions(made) : wrong),
    findings: () => findings.map((one) => printFinding(one)).join('\n\n') || 'Nothing is wrong.',
  };
  shown.setValue(texts[tab]());
}

function offerStages(): void {
  const select = element('stage') as HTMLSelectElement;
  const chosen = select.value || 'dev';
  const written = service.system.document(MAIN)?.root.entries.get('stages')?.value;
  const stages = [...new Set(['dev', ...(written?.kind === 'mapping' ? written.entries.keys() : [])])];
  select.replaceChildren(...stages.map((name) => new Option(name, name, false, name === chosen)));
}

function stage(): string {
  return (element('stage') as HTMLSelectElement).value || 'dev';
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

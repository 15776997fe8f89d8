import * as monaco from 'monaco-editor/esm/vs/editor/edcore.main.js';
import { conf, language } from 'monaco-editor/esm/vs/basic-languages/yaml/yaml.js';
import { draft } from '../../src/compiler/draft.ts';
import type { Finding } from '../../src/compiler/diagnostics/problem.ts';
import { Service } from '../../src/editor/service.ts';
import { OpenFiles } from '../../src/editor/workspace.ts';
import { costsOf, plural } from '../../src/views/cost.ts';
import { printPermissions } from '../../src/views/permissions.ts';
import { listed } from './findings.ts';
import { JSON_LANGUAGE, registerJson } from './json.ts';
import './page.css';
import { LANGUAGE, markers, register } from './providers.ts';
import { beginnings } from './systems.ts';
import { MAIN, workspace } from './workspace.ts';

type Tab = 'template' | 'permissions' | 'findings';

/** How long nobody types before the right side follows. */
const REST = 250;

let [beginning] = beginnings;
const place = await workspace(() => beginning?.beside ?? new Map());
const files = new OpenFiles(place.files);
const service = new Service(place, MAIN, (path) => path);
let tab: Tab = 'template';

(globalThis as { MonacoEnvironment?: object }).MonacoEnvironment = {
  getWorker: () => new Worker(new URL('editor.worker.js', import.meta.url)),
};
monaco.languages.register({ id: LANGUAGE });
monaco.languages.setMonarchTokensProvider(LANGUAGE, language);
monaco.languages.setLanguageConfiguration(LANGUAGE, conf);
registerJson();
register(service);

const start = beginning?.text ?? '';
service.open(MAIN, start);
const model = monaco.editor.createModel(start, LANGUAGE, monaco.Uri.parse(`file:///${MAIN}`));
const look = { automaticLayout: true, minimap: { enabled: false }, scrollBeyondLastLine: false, fixedOverflowWidgets: true };
const editor = monaco.editor.create(element('editor'), {
  ...look,
  model,
  tabSize: 2,
  fontSize: 13,
  wordBasedSuggestions: 'off',
  acceptSuggestionOnEnter: 'smart',
  quickSuggestions: { other: true, comments: false, strings: true },
  suggest: { showIcons: true, preview: false },
});
const shown = monaco.editor.create(element('shown'), { ...look, readOnly: true, fontSize: 12, wordWrap: 'on', folding: true });

const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = (): void => monaco.editor.setTheme(dark.matches ? 'vs-dark' : 'vs');
dark.addEventListener('change', theme);
theme();

let waiting: ReturnType<typeof setTimeout> | undefined;
model.onDidChangeContent(() => {
  service.open(MAIN, model.getValue());
  clearTimeout(waiting);
  waiting = setTimeout(show, REST);
});
const tabs = [...document.querySelectorAll<HTMLButtonElement>('[data-tab]')];
for (const button of tabs)
  button.addEventListener('click', () => {
    tab = button.dataset['tab'] as Tab;
    for (const one of tabs) one.setAttribute('aria-selected', String(one === button));
    show();
  });
const systems = element('system') as HTMLSelectElement;
systems.replaceChildren(...beginnings.map(({ title }, index) => new Option(title, String(index))));
systems.addEventListener('change', () => {
  beginning = beginnings[Number(systems.value)];
  model.setValue(beginning?.text ?? '');
  show();
});
element('stage').addEventListener('change', show);
element('format').addEventListener('click', () => void editor.getAction('editor.action.formatDocument')?.run());
element('copy').addEventListener('click', () => void navigator.clipboard.writeText(shown.getValue()));
show();
editor.focus();

/** The right side, and what is underlined on the left. */
function show(): void {
  files.open(MAIN, model.getValue());
  monaco.editor.setModelMarkers(model, 'eventsystem', markers(service));
  offerStages();
  const { findings, made } = draft({ files, main: MAIN, stage: stage(), catalogue: place.catalogue });
  element('count').textContent = findings.length === 0 ? '' : `(${findings.length})`;
  element('summary').textContent = made ? summary(made.template) : '';
  element('list').replaceChildren(...listed(findings, { show: reveal, fix: apply }));
  element('shown').hidden = tab === 'findings';
  element('list').hidden = tab !== 'findings';
  const wrong = 'The system has errors: see Findings.';
  const template = tab === 'template' && made;
  const text = template ? JSON.stringify(made.template, null, 2) : made ? printPermissions(made) : wrong;
  const scrollTop = shown.getScrollTop();
  const before = shown.getModel();
  const wanted = template ? JSON_LANGUAGE : 'plaintext';
  if (before) monaco.editor.setModelLanguage(before, wanted);
  if (shown.getValue() !== text) shown.setValue(text);
  shown.setScrollTop(scrollTop);
}

/** `21 resources · $29.20 a month in fixed costs`. */
function summary(template: Parameters<typeof costsOf>[0]): string {
  const monthly = costsOf(template).reduce((sum, one) => sum + (one.monthly ?? 0), 0);
  const resources = plural(Object.keys(template.Resources).length, 'resource');
  return monthly === 0 ? resources : `${resources} · $${monthly.toFixed(2)} a month in fixed costs`;
}

function reveal({ place: { source, span } }: Finding): void {
  if (source.path !== MAIN) return;
  const range = rangeOf(span.start, span.end);
  editor.setSelection(range);
  editor.revealRangeInCenter(range);
  editor.focus();
}

function apply({ fix }: Finding): void {
  const edits = (fix?.edits ?? []).filter((edit) => edit.place.source.path === MAIN);
  editor.executeEdits(
    'fix',
    edits.map((edit) => ({ range: rangeOf(edit.place.span.start, edit.place.span.end), text: edit.text })),
  );
}

function rangeOf(start: number, end: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

function offerStages(): void {
  const select = element('stage') as HTMLSelectElement;
  const chosen = stage();
  const written = service.system.document(MAIN)?.root.entries.get('stages')?.value;
  const stages = [...new Set(['dev', ...(written?.kind === 'mapping' ? written.entries.keys() : [])])];
  const options = stages.map((name) => new Option(name, name, false, name === chosen));
  if ([...select.options].map(({ value }) => value).join() !== stages.join()) select.replaceChildren(...options);
}

function stage(): string {
  return (element('stage') as HTMLSelectElement).value || 'dev';
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

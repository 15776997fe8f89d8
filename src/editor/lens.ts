import { InlayHintKind, type CodeLens, type InlayHint, type Range } from 'vscode-languageserver-types';
import { meaningOf, sourcesOf } from '../compiler/sources/sources.ts';
import { plural } from '../views/cost.ts';
import { dollars, factsOf, type Facts } from './facts.ts';
import { THINGS } from './names.ts';
import { positionOf, rangeOf } from './ranges.ts';
import type { System } from './system.ts';

/** Above every declaration, what the template says of it: who wakes whom, how many resources, what it costs. */
export function lenses(system: System, path: string): readonly CodeLens[] {
  const facts = factsOf(system);
  return system.declarations.of(THINGS).flatMap(({ section, name, place }) => {
    const known = facts.get(`${section}.${name}`);
    if (!known || place.source.path !== path) return [];
    return [{ range: rangeOf(place.source, place.span), command: { title: titleOf(known), command: '' } }];
  });
}

/** `pull · 4 resources · → settle · $29.20 a month`. */
export function titleOf({ woken, wakes, resources, monthly }: Facts): string {
  const deliveries = [...new Set(woken.map((one) => one.split(':')[0] ?? ''))].join(', ');
  return [
    deliveries,
    resources === 0 ? 'no resource of its own' : plural(resources, 'resource'),
    wakes.length === 0 ? '' : `→ ${wakes.join(', ')}`,
    monthly === undefined ? '' : `${dollars(monthly)} a month`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Behind every source, whether it is push or pull and how often is looked. */
export function inlays(system: System, path: string, { start, end }: Range): readonly InlayHint[] {
  const { made } = system.draft;
  if (!made) return [];
  const sources = made.model.all('consumers').flatMap((consumer) => sourcesOf(consumer, made.model));
  return sources.flatMap((source) => {
    const kind = source.written.parts.get(source.kind);
    if (!kind || kind.place.source.path !== path) return [];
    const position = positionOf(kind.place.source, kind.place.span.end);
    if (position.line < start.line || position.line > end.line) return [];
    const meaning = meaningOf(source);
    const tooltip = [`${meaning.pace(source)}.`, meaning.model.polls ?? meaning.model.caller].join(' ');
    return [{ position, label: meaning.model.delivery, kind: InlayHintKind.Type, paddingLeft: true, tooltip }];
  });
}

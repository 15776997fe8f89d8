import { everySetting } from '../../schema/function.ts';
import type { HandlerPath } from '../../schema/handlers.ts';
import type { Shape } from '../../schema/kit.ts';
import { kinds, system, type Kind } from '../../schema/system.ts';
import type { Config, PartConfig } from '../check/check.ts';
import { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { nearest } from '../text/suggest.ts';
import { fill } from './fill.ts';
import { functionsIn, settle, type FoundFunction } from './functions.ts';
import { join } from './join.ts';
import { layOver } from './lay-over.ts';
import type { Fn, FunctionSettings, HandlerCode, Model, Settings, Text, Thing } from './model.ts';
import { interpolate } from './interpolate.ts';
import { movedFrom } from './moved.ts';
import { Names } from './names.ts';
import { resolveProblems } from './problems.ts';
import { Resolver } from './resolver.ts';

/** The stage without a word about it. */
export const DEFAULT_STAGE = 'dev';

/** The stages a system has: those it lists, and `dev`. */
export function stagesOf(config: Config, parts: readonly PartConfig[]): readonly string[] {
  const listed = [config, ...parts].flatMap((one) => [...(one.parts.get('stages')?.parts.keys() ?? [])]);
  return [...new Set([DEFAULT_STAGE, ...listed])].sort();
}

/** The system for one stage: files joined, the stage laid over, defaults in, names replaced by what they name. */
export function resolve(config: Config, included: readonly PartConfig[], stage: string, report: Report): Model | undefined {
  const joined = join(config, included, report);
  const stages = joined.parts.get('stages');
  const own = stages?.parts.get(stage);
  if (!own && stage !== DEFAULT_STAGE) {
    const known = [...(stages?.parts.keys() ?? [])];
    report(resolveProblems['unknown-stage'], stages?.key ?? joined.parts.get('name')?.place ?? joined.place, {
      stage,
      known,
      meant: nearest(stage, known),
    });
    return undefined;
  }
  const base = Written.record(new Map([...joined.parts].filter(([key]) => key !== 'stages')), joined.place, joined.broken);
  const over = own && Written.record(new Map([...own.parts].filter(([key]) => key in system.fields)), own.place, own.broken);
  const root = fill(system, layOver(system, base, over, { report, stage }) ?? base);
  return new Building(root, own, stage, report).model;
}

/** A thing whose settings become known when everything it may refer to is declared. */
class Declared<K extends Kind> implements Thing<K> {
  readonly kind: K;
  readonly name: string;
  readonly called: string;
  readonly place: Place;
  readonly path: string;
  #written: Written<Settings<K>> | undefined;

  constructor(kind: K, called: string, place: Place, name = called) {
    this.kind = kind;
    this.name = name;
    this.called = called;
    this.place = place;
    this.path = `${kind}.${called}`;
  }

  settle(written: Written<Settings<K>>): void {
    this.#written = written;
  }

  get written(): Written<Settings<K>> {
    if (!this.#written) throw new Error(`${this.path} is looked at before it is resolved.`);
    return this.#written;
  }

  get settings(): Settings<K> {
    return this.written.value;
  }
}

class Building {
  readonly #root: Written;
  readonly #stage: Written | undefined;
  readonly #stageName: string;
  readonly #report: Report;
  readonly #names = new Names();
  readonly #declared: Declared<Kind>[] = [];

  constructor(root: Written, stage: Written | undefined, stageName: string, report: Report) {
    this.#root = root;
    this.#stage = stage;
    this.#stageName = stageName;
    this.#report = report;
  }

  get model(): Model {
    this.#declare();
    const system = text(this.#root.parts.get('name')) ?? '';
    const resolver = new Resolver(
      {
        names: this.#names,
        stage: this.#stageName,
        system,
        values: new Map([...(this.#root.parts.get('values')?.parts ?? [])].map(([key, part]) => [key, String(part.value)])),
        parameters: new Set(this.#root.parts.get('parameters')?.parts.keys()),
        resources: new Set(this.#root.parts.get('resources')?.parts.keys()),
      },
      this.#report,
    );
    const root = this.#resolveRoot(resolver) as Model['root'];
    const names = this.#names;
    return {
      name: system,
      stage: this.#stageName,
      stack: `${system}-${this.#stageName}`,
      region: text(this.#stage?.parts.get('region')) ?? text(this.#root.parts.get('region')),
      account: text(this.#stage?.parts.get('account')),
      protected: this.#stage?.parts.get('protect')?.value === true,
      strict: root.value.strict === true,
      root,
      settings: root.value,
      all: <K extends Kind>(kind: K) => names.all(kind) as readonly Thing<K>[],
      things: this.#declared,
      functions: this.#functions(resolver),
      references: resolver.references,
      refer: (written, place, report) => interpolate(written, place, resolver.scope, report),
    };
  }

  #declare(): void {
    const moved = movedFrom(this.#root, this.#report);
    for (const kind of Object.keys(kinds) as Kind[]) {
      for (const [name, written] of this.#root.parts.get(kind)?.parts ?? []) {
        const place = written.key ?? written.place;
        const thing = new Declared(kind, name, place, moved.get(`${kind}.${name}`));
        // Functions and consumers are one kind of thing: one can move to the other section.
        const namesake = kind === 'functions' ? this.#names.get('consumers', name) : undefined;
        if (namesake) {
          this.#report(resolveProblems['declared-twice'], place, { name, where: '`consumers` and `functions`', first: namesake.place }, [
            { message: 'It is declared here too.', place: namesake.place },
          ]);
        }
        this.#names.declare(thing);
        this.#declared.push(thing);
      }
    }
  }

  #resolveRoot(resolver: Resolver): Written {
    const parts = new Map<string, Written>();
    for (const [section, written] of this.#root.parts) {
      const shape: Shape | undefined = system.fields[section as keyof typeof system.fields];
      const things = this.#declared.filter(({ kind }) => kind === section);
      if (things.length === 0) {
        const resolved = shape ? resolver.inside(undefined, section, () => resolver.resolve(shape, written)).under(written.key) : written;
        const whole = wholeOf(resolved, shape);
        if (whole) parts.set(section, whole);
        continue;
      }
      const settled = new Map<string, Written>();
      for (const thing of things) {
        const entry = written.parts.get(thing.called);
        if (!entry) continue;
        const resolved = resolver.inside(thing, '', () => resolver.resolve(kinds[thing.kind], entry)).under(entry.key);
        thing.settle(fromElsewhere(thing, resolved, this.#report) as Written<Settings<Kind>>);
        settled.set(thing.called, resolved);
      }
      parts.set(section, Written.record(settled, written.place, written.broken).under(written.key));
    }
    return Written.record(parts, this.#root.place, this.#root.broken);
  }

  #functions(resolver: Resolver): readonly Fn[] {
    const found = this.#declared.flatMap((thing) => {
      const entry = this.#root.parts.get(thing.kind)?.parts.get(thing.called);
      return entry ? functionsIn(thing, kinds[thing.kind], entry) : [];
    });
    return found.map((one) => this.#function(one, resolver)).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #function(found: FoundFunction, resolver: Resolver): Fn {
    const { owner, within, path, mark, own } = found;
    const settled = settle(found, this.#root, this.#report);
    const written = resolver
      .inside(owner, within.join(' '), () => resolver.resolve(everySetting, settled))
      .under(own.key) as Written<FunctionSettings>;
    const handler = own.parts.get(mark.handler);
    const code = codeOf(handler);
    return {
      owner,
      within,
      named: text(own.parts.get('name')),
      title: within.length === 0 ? owner.called : `${within.join(' ')} of ${owner.called}`,
      path,
      place: own.key ?? own.place,
      handler: code.handler,
      handlerPlace: handler?.place ?? own.place,
      settings: { ...written.value, ...(code.runtime !== undefined && { runtime: code.runtime }) },
      written,
    };
  }
}

/** What belongs to another system exists already: where it is said, it is found by what that system shares. */
function fromElsewhere(thing: Thing, written: Written, report: Report): Written {
  const system = written.parts.get('system');
  if (system?.value === undefined || system.value === null) return written;
  if (written.parts.has('existing')) {
    report(resolveProblems['in-two-places'], system.key ?? system.place, { name: thing.called });
    return written;
  }
  const { place } = system;
  const text: Text = { segments: [{ to: 'shared', thing, place }], place };
  const parts = new Map([...written.parts, ['existing', Written.leaf(text, place)]]);
  return Written.record(parts, written.place, written.broken).under(written.key);
}

/** What of a section is not broken: nobody need look at values that were refused. */
function wholeOf(section: Written, shape: Shape | undefined): Written | undefined {
  if (!section.broken) return section;
  const left = [...section.parts].filter(([, part]) => !part.broken);
  if (shape?.form === 'map') return Written.record(new Map(left), section.place).under(section.key);
  if (shape?.form === 'list')
    return Written.list(
      left.map(([, part]) => part),
      section.place,
    ).under(section.key);
  return undefined;
}

/** The handler’s code, and the runtime of one built elsewhere; of a handler that was refused, none. */
function codeOf(written: Written | undefined): { readonly handler: HandlerCode; readonly runtime?: string } {
  const value = written?.value as Partial<HandlerPath & { zip: string; entry: string; runtime: string }> | null | undefined;
  if (typeof value?.file === 'string') return { handler: value as HandlerPath };
  const { zip, entry, runtime } = value ?? {};
  return zip === undefined || entry === undefined || runtime === undefined
    ? { handler: { file: '' } }
    : { handler: { file: zip, entry }, runtime };
}

function text(written: Written | undefined): string | undefined {
  return typeof written?.value === 'string' ? written.value : undefined;
}

import type { Template } from '../../src/compiler/emit/emit.ts';
import { openSession, told, type SessionOptions } from '../../src/deploy/session.ts';
import { interruptions } from '../../src/deploy/interruption.ts';
import { Stop } from '../../src/deploy/fault.ts';
import type { Entry, Journal } from '../../src/deploy/journal.ts';
import type { Review } from '../../src/deploy/review.ts';
import type { Run } from '../../src/deploy/run.ts';
import { ship, type ShipOptions, type Shipped } from '../../src/deploy/ship.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import type { Clock, History, World } from '../../src/deploy/world.ts';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import type { FakeAws } from '../aws/aws.ts';

/** Somebody who deploys, in the fake’s own time. */
export interface Deployer {
  /** The names of their runs. */
  readonly runs: string[];
  readonly said: string[];
  /** What stood at the bottom of the terminal for a while. */
  readonly lived: string[];
  readonly asked: string[];
  readonly answers: string[];
  readonly reviews: Review[];
  readonly interruption: ReturnType<typeof interruptions>;
  /** What happens while they are asked. */
  onAsk?: () => void;
  readonly journal: Journal & { entry: Entry | undefined; onWrite?: (entry: Entry) => void };
  session(more?: Partial<SessionOptions>): Promise<Run>;
  deploy(shipment: Shipment, more?: Partial<ShipOptions>, session?: Partial<SessionOptions>): Promise<Ended>;
}

/** How a run ended: the exit’s name, and what was told. */
export type Ended = { readonly ends: 'done'; readonly shipped: Shipped } | { readonly ends: Stop['ends']; readonly stop: Stop };

const catalogue = installedCatalogue('dist/catalogue');

let runs = 0;

/** A clock that passes the fake’s time: an hour of waiting takes no time at all. */
export function clockOf(aws: FakeAws): Clock {
  let seed = 42;
  return {
    now: () => aws.clock.now,
    sleep: async (milliseconds) => aws.clock.advance(milliseconds),
    random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647,
  };
}

export interface DeployerOptions {
  readonly present?: boolean;
  readonly answers?: string[];
  readonly journal?: Deployer['journal'];
  readonly author?: string;
  /** How far their clock is ahead of AWS’s, in milliseconds. */
  readonly ahead?: number;
  readonly history?: History;
}

export function deployer(
  aws: FakeAws,
  { present = false, answers = [], journal = memoryJournal(), author = 'ada@1', ahead = 0, history }: DeployerOptions = {},
): Deployer {
  const said: string[] = [];
  const asked: string[] = [];
  const mine: string[] = [];
  const lived: string[] = [];
  const reviews: Review[] = [];
  const interruption = interruptions();
  const session = (more: Partial<SessionOptions> = {}): Promise<Run> => {
    const world: World = {
      clock: { ...clockOf(aws), now: () => aws.clock.now + ahead },
      interruption,
      run: (++runs).toString(16).padStart(8, '0'),
      author,
      version: '1.2.3',
      ...(history && { history: async () => history }),
      operator: {
        say: (line) => void said.push(line),
        live: (lines) => void (lines && lived.push(...lines())),
        present,
        async ask(question) {
          asked.push(question);
          self.onAsk?.();
          return answers.shift();
        },
      },
    };
    mine.push(world.run);
    return told(() =>
      openSession({
        region: aws.region,
        stage: { name: 'dev', protected: false },
        credentials: async () => ({ accessKeyId: 'AKIA1', secretAccessKey: 'secret-value', sessionToken: 'secret-value-of-the-session' }),
        endpoint: aws.url,
        ambientEndpoints: [],
        allowEndpoint: false,
        catalogue,
        world,
        journal: () => journal,
        timeouts: { connect: 300, request: 300 },
        ...more,
      }),
    );
  };
  const self: Deployer = {
    runs: mine,
    said,
    lived,
    asked,
    answers,
    reviews,
    interruption,
    journal,
    session,
    async deploy(shipment, more = {}, sessionMore = {}) {
      try {
        const run = await session(sessionMore);
        const shipped = await told(() => ship(run, shipment, { ...defaults, onReview: (review) => void reviews.push(review), ...more }));
        return { ends: 'done', shipped };
      } catch (error) {
        if (error instanceof Stop) return { ends: error.ends, stop: error };
        throw error;
      }
    },
  };
  return self;
}

export const defaults: Omit<ShipOptions, 'onReview'> = {
  wait: 0,
  recreate: false,
  yes: true,
  destroy: [],
  security: undefined,
  revertDrift: false,
  adopt: false,
  ephemeral: false,
  express: false,
  bucket: 'artifacts',
  force: false,
  older: 'refuse',
  rollback: true,
  waitCleanup: true,
};

export function memoryJournal(): Deployer['journal'] {
  const journal: Deployer['journal'] = {
    entry: undefined,
    read: () => journal.entry,
    write(entry) {
      journal.entry = { version: 1, ...entry };
      journal.onWrite?.(journal.entry);
    },
    clear: () => void (journal.entry = undefined),
  };
  return journal;
}

/** A system’s template with these resources. */
export function shipmentOf(resources: Template['Resources'], more: Partial<Shipment['target']> = {}): Shipment {
  return {
    system: 'shop',
    target: {
      stack: 'shop-dev',
      template: {
        AWSTemplateFormatVersion: '2010-09-09',
        Parameters: { ArtifactBucket: { Type: 'String' } },
        Resources: resources,
      },
      origins: Object.fromEntries(
        Object.keys(resources).map((id, index) => [id, { file: 'eventsystem.yml', line: index + 3, column: 3, path: `things.${id}` }]),
      ),
      stage: 'dev',
      protected: false,
      given: {},
      tags: { 'eventsystem:stage': 'dev', 'eventsystem:system': 'shop' },
      role: undefined,
      ...more,
    },
    assets: [],
  };
}

/** The whole story of a run, for the message of a failed test. */
export function storyOf(ended: Ended, { said }: Pick<Deployer, 'said'>): string {
  if (ended.ends === 'done') return said.join('\n');
  const { code, message, details, failure } = (ended as { readonly stop: Stop }).stop;
  return [
    ...said,
    `${code}: ${message}`,
    ...details,
    failure ? `${failure.action} ${failure.kind} ${failure.named} ${failure.status ?? ''}` : '',
  ].join('\n');
}

import { printReview } from '../../deploy/print-review.ts';
import type { Review } from '../../deploy/review.ts';
import type { ShipOptions } from '../../deploy/ship.ts';
import type { Terminal } from '../terminal.ts';
import type { DeploymentValues } from './session.ts';

const reviewed = new WeakMap<object, Review>();

/** What was looked at last under these options; nothing where it did not come to that. */
export function reviewUnder({ options }: DeploymentValues): Review | undefined {
  return reviewed.get(options);
}

/** What the command line says, as a deployment asks it. */
export function shipOptions({ options }: DeploymentValues, terminal: Terminal): ShipOptions {
  return {
    wait: Number(options['wait-for-stack'] ?? 0) || 0,
    recreate: options['confirm-recreate'] === true,
    yes: options.yes === true,
    destroy: options['approve-destroy'] ?? [],
    security: options['approve-security'],
    revertDrift: options['revert-drift'] === true,
    adopt: options.adopt === true,
    ephemeral: options.ephemeral === true,
    express: options.express === true,
    alarms: options['rollback-alarm'] ?? [],
    bucket: options['artifact-bucket'],
    force: options.force === true,
    older: options['allow-downgrade'] ? 'let' : 'refuse',
    rollback: options['no-rollback'] !== true,
    waitCleanup: options['no-wait-cleanup'] !== true,
    onReview: (review: Review) => {
      reviewed.set(options, review);
      if (!options.json) terminal.out(`${printReview(review, terminal)}\n`);
    },
  };
}

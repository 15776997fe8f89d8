import type { AwsFailure } from './aws/failure.ts';
import { faults } from './faults.ts';
import { Stop, stop } from './fault.ts';
import type { Interruption } from './interruption.ts';

/** A signal as the end of a command, before anything that lives was changed. */
export function interrupted({ signal }: Pick<Interruption, 'signal'>, left = ''): Stop {
  return stop(faults['interrupted'], { left }, { ends: signal === 'SIGTERM' ? 'terminated' : 'interrupted' });
}

/** A failed call as the end of a command. */
export function stopOf(failure: AwsFailure): Stop {
  const { action, message: detail } = failure;
  switch (failure.kind) {
    case 'unreachable':
      return stop(faults['unreachable'], { action, detail }, { failure });
    case 'untrusted':
      return stop(faults['untrusted'], { detail }, { failure });
    case 'stranger':
      return stop(faults['stranger'], { action, detail }, { failure });
    case 'redirect':
      return stop(faults['stranger'], { action, detail: `redirected: ${detail}` }, { failure });
    case 'server':
    case 'malformed':
    case 'throttled':
      return stop(faults['unanswered'], { action, detail }, { failure });
    case 'no-credentials':
      return stop(faults['no-credentials'], { detail }, { failure });
    case 'expired':
      return stop(faults['expired-credentials'], {}, { failure });
    case 'refused-credentials':
      return stop(faults['credentials-refused'], { region: 'this region', detail }, { failure });
    case 'denied':
      return stop(faults['access-denied'], { action, detail }, { failure });
    case 'limit':
      return stop(faults['quota'], { detail }, { failure });
    default:
      return stop(faults['unknown-answer'], { action, detail }, { failure });
  }
}

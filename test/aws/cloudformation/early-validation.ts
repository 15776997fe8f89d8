import type { ChangeSet } from '../machine/change-set.ts';
import type { Service } from './action.ts';

export const validated = (_service: Service, _changeSet: ChangeSet): string | undefined => undefined;

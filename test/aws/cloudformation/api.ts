import { Refusal, type Call } from '../wire.ts';
import type { Tree } from '../tree.ts';
import type { Action, Service } from './action.ts';
import { changeSetActions } from './change-sets.ts';
import { checkMembers } from './constraints.ts';
import { driftActions } from './drift.ts';
import { endingActions } from './endings.ts';
import { eventActions } from './events.ts';
import { hookActions } from './hooks.ts';
import { protectionActions } from './protection.ts';
import { resourceActions } from './resources.ts';
import { stackActions } from './stacks.ts';
import { templateActions } from './templates.ts';

const ACTIONS: Readonly<Record<string, Action>> = {
  ...changeSetActions,
  ...stackActions,
  ...eventActions,
  ...resourceActions,
  ...templateActions,
  ...protectionActions,
  ...endingActions,
  ...driftActions,
  ...hookActions,
};

/** Every operation there is. */
export const cloudformationActions = Object.keys(ACTIONS);

/** Looking at what is under way lets time pass. */
const LOOKS = /^(Describe|List)/;

export const cloudformation =
  (service: Service) =>
  (call: Call): Tree | void => {
    const action = ACTIONS[call.action];
    if (!action) throw new Refusal('InvalidAction', `Could not find operation ${call.action} for version 2010-05-15`);
    checkMembers(call.params);
    if (LOOKS.test(call.action)) service.cloud.clock.looked();
    return action(call, service);
  };

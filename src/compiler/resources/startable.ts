import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { arn, attribute, ref, text } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { existing } from './existing.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';

type Machine = Thing<'stateMachines'>;

export const machineAddress = ({ name }: Machine): Address<'AWS::StepFunctions::StateMachine'> =>
  address('AWS::StepFunctions::StateMachine', { name, word: 'Machine' });

function machineArn(machine: Machine, context: Context): Piece {
  const found = existing(machine.settings.existing, context);
  return found ? (found.arn ?? arn('states', text('stateMachine:', found.name))) : ref(machineAddress(machine));
}

function machineName(machine: Machine, context: Context): Piece {
  return existing(machine.settings.existing, context)?.name ?? attribute(machineAddress(machine), 'Name');
}

/** A state machine as something others refer to. What it becomes takes what it may do itself, and stands in `state-machines.ts`. */
export const startable: Meaning<'stateMachines'> = {
  service: 'states',
  arn: machineArn,
  attributes: { '': machineArn, arn: machineArn, name: machineName },
  access: {
    start: (machine: Machine, _: Use, context: Context): Allowance => ({
      statements: [{ actions: ['states:StartExecution'], on: [machineArn(machine, context)] }],
      variables: [{ name: variableOf('machine', machine.called), value: machineArn(machine, context) }],
    }),
  },
  expand: () => [],
};

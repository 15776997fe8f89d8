import { flag, interpolatedText } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html';

const also = ['resourceImport', 'ResourcesToImport', 'takeOver', 'importExisting'] as const;

/** Something that exists and becomes this system’s own, with all it holds. `existing` uses a thing and leaves it to its owner. */
export const adopt = (what: string, { pattern, means, examples }: { pattern: string; means: string; examples: readonly string[] }) =>
  interpolatedText(
    `${what} that exists and becomes this system’s own, with what it holds. The next deployment takes it into the stack, and from then on it is as this file says.`,
    { pattern, means, examples, aws: 'ResourcesToImport', page: PAGE, also },
  );

/** Where the thing’s own name is said already. */
export const adoptNamed = (what: string) =>
  flag(`${what} exists and becomes this system’s own: the next deployment takes it into the stack.`, {
    aws: 'ResourcesToImport',
    page: PAGE,
    also,
  });

/** Why some things cannot be adopted, for the finding at the word. */
export const notAdopted = {
  database:
    'a database’s master user, name and subnets cannot be changed later, so CloudFormation would replace it. `existing` uses it as it is',
  function: 'a function holds no data. Deploy it here, then remove the old one',
  api: 'its old stages and deployments would remain beside the new ones. To keep an address, use `domain`',
  machine:
    'CloudFormation takes a thing in before anything else is made, and a state machine must have its role. `existing` uses it as it is',
  distribution:
    'CloudFormation takes a thing in before anything else is made, and a distribution must have its policies. To keep an address, use `domain`',
  made: 'these are never made by a system, only used. `existing` names it',
} as const;

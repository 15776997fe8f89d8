import { count, forms, map, nameOf, object, or, required, text, word } from '../kit.ts';
import { taken } from './taken.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services.html';

const attribute = text('An attribute', { pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', means: 'the name of an attribute' });

const values = (doc: string, also: readonly string[]) =>
  map(
    doc,
    attribute,
    forms('Where its value comes from.', {
      text: taken('A part of the request. Attributes of the table’s key have their type; others are texts.'),
      object: object('Its value and its type.', {
        from: required(taken('A part of the request.')),
        type: or(
          word('Its type.', { string: 'Text.', number: 'A number.', boolean: 'True or false.' }, { also: ['S', 'N', 'BOOL'] }),
          'string',
        ),
      }),
    }),
    { also },
  );

export const table = {
  value: nameOf('A table the request reads or writes one item of, with no function in between.', 'tables', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: PAGE,
    also: ['dynamodb', 'DynamoDB', 'dynamo'],
  }),
  options: {
    action: word(
      'What is done. By the method unless said otherwise: GET gets, POST and PUT put, DELETE deletes.',
      {
        get: 'Reads the item of a key. 404 where there is none. Lists and maps in it come as DynamoDB writes them.',
        put: 'Writes an item, in place of one of the same key.',
        delete: 'Deletes the item of a key.',
      },
      { also: ['GetItem', 'PutItem', 'DeleteItem'], usually: 'by the method of the route' },
    ),
    key: values('To get and to delete: the attributes of the table’s key.', ['Key', 'hashKey', 'rangeKey']),
    item: values('To put: the item’s attributes, those of the key included. One whose part of the request is empty is left out.', [
      'Item',
      'attributes',
    ]),
    respond: object(
      'What the caller is told.',
      { status: count('The HTTP status. 200 for what was found, 202 for what was written or deleted.', { from: 200, to: 299 }) },
      { also: ['response', 'responses', 'statusCodes'] },
    ),
  },
} as const;

import { count, forms, map, nameOf, object, or, required, text, word } from '../kit.ts';
import { taken } from './taken.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services.html';

const attribute = text('An attribute', { pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', means: 'the name of an attribute' });

const values = (doc: string, also: readonly string[]) =>
  map(
    doc,
    attribute,
    forms('Where its value comes from.', {
      text: taken('A part of the request. Attributes of the table’s key have their type; others are strings.'),
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
  value: nameOf('A table: the request reads or writes one item, with no function in between.', 'tables', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: PAGE,
    also: ['dynamodb', 'DynamoDB', 'dynamo'],
  }),
  options: {
    action: word(
      'The action. By default it follows the method: GET gets, POST and PUT put, DELETE deletes.',
      {
        get: 'Reads the item with this key; 404 if there is none. Lists and maps in it are in DynamoDB’s JSON format.',
        put: 'Writes an item, replacing one with the same key.',
        delete: 'Deletes the item with this key.',
      },
      { also: ['GetItem', 'PutItem', 'DeleteItem'], usually: 'by the method of the route' },
    ),
    key: values('To get and to delete: the attributes of the table’s key.', ['Key', 'hashKey', 'rangeKey']),
    item: values('To put: the item’s attributes, including those of the key. One whose part of the request is empty is left out.', [
      'Item',
      'attributes',
    ]),
    respond: object(
      'The response.',
      { status: count('The HTTP status. By default 200 for get, 202 for put and delete.', { from: 200, to: 299 }) },
      { also: ['response', 'responses', 'statusCodes'] },
    ),
  },
} as const;

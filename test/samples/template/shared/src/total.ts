import { records, table } from 'eventsystem/runtime';

export default records(async (order) => console.log(table('totals'), order));

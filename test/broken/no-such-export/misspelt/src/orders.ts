export const create = async () => 1;
export const list = async () => 2;

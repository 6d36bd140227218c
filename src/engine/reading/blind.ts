import { type Aws, unwatched } from '../../model/reader.ts';

const nobody = (): never => {
  throw new Error('this step says that it does not look into AWS');
};
/** For steps that say that they do not look into AWS: throws where one does so all the same. */
export const blind: Aws = {
  ...{ read: nobody, pages: nobody, in: nobody, send: nobody },
  region: undefined,
  search: unwatched(),
};

import * as fc from 'fast-check'

/**
 * Properties draw the same cases every time, so that a red run is about the change under test. To
 * explore, give another seed: `FC_SEED=$RANDOM npm test`; what fails then is kept as a case.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED || 20_261_122) })

// Logistic regression with a ridge, by Newton's method: the same data give the same coefficients on every machine.
//
// No npm package fits one that is kept up (the last is a gradient descent without an intercept, of 2020); ml-matrix does the linear
// algebra, and what is left is the textbook's dozen lines (T. Hastie et al., The Elements of Statistical Learning, 4.4.1).
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** One coefficient for each column, the intercept first. */
export type Coefficients = readonly number[];

/**
 * Fits by maximum likelihood less half the ridge times the squares of all coefficients but the intercept.
 * @param rows features of each sample, without the intercept's one; all of one length
 * @param happened 1 or 0 for each sample
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  happened: readonly number[],
  ridge: number,
): Coefficients {
  const x = new Matrix(rows.map((row) => [1, ...row]));
  const y = Matrix.columnVector([...happened]);
  let coefficients = Matrix.zeros(x.columns, 1);
  for (let step = 0; step < 50; step += 1) {
    const odds = x.mmul(coefficients).to1DArray();
    const probability = Matrix.columnVector(odds.map(logistic));
    const gradient = x.transpose().mmul(Matrix.sub(y, probability));
    const weighted = x.clone();
    probability.to1DArray().forEach((one, row) => weighted.mulRow(row, Math.sqrt(one * (1 - one))));
    const curvature = weighted.transpose().mmul(weighted);
    for (let column = 0; column < x.columns; column += 1) {
      // A breath on the intercept too, so that the curvature can always be turned round.
      const weight = column === 0 ? 1e-9 : ridge;
      gradient.set(column, 0, gradient.get(column, 0) - weight * coefficients.get(column, 0));
      curvature.set(column, column, curvature.get(column, column) + weight + 1e-9);
    }
    const change = new CholeskyDecomposition(curvature).solve(gradient);
    coefficients = Matrix.add(coefficients, change);
    if (Math.max(...change.to1DArray().map(Math.abs)) < 1e-10) break;
  }
  return coefficients.to1DArray();
}

/** The probability of log-odds. */
export function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

// Logistic regression with a ridge, by Newton's method: the same data give the same coefficients on every machine.
//
// No npm package fits one that is kept up (the last is a gradient descent without an intercept, of 2020); ml-matrix solves the
// equations, and what is left is the textbook's dozen lines (T. Hastie et al., The Elements of Statistical Learning, 4.4.1).
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
  const width = (rows[0]?.length ?? 0) + 1;
  let coefficients: readonly number[] = new Array<number>(width).fill(0);
  for (let step = 0; step < 50; step += 1) {
    const { gradient, curvature } = slopeAt(rows, happened, coefficients);
    for (let column = 0; column < width; column += 1) {
      // A breath on the intercept too, so that the curvature can always be turned round.
      const weight = column === 0 ? 1e-9 : ridge;
      gradient.set(column, 0, gradient.get(column, 0) - weight * (coefficients[column] ?? 0));
      curvature.set(column, column, curvature.get(column, column) + weight + 1e-9);
    }
    const change = new CholeskyDecomposition(curvature).solve(gradient).to1DArray();
    coefficients = coefficients.map((one, column) => one + (change[column] ?? 0));
    if (Math.max(...change.map(Math.abs)) < 1e-10) break;
  }
  return coefficients;
}

/** First and second derivative of the likelihood, summed row by row: a clinic's years are too many rows to copy them at each step. */
function slopeAt(
  rows: readonly (readonly number[])[],
  happened: readonly number[],
  coefficients: Coefficients,
): { readonly gradient: Matrix; readonly curvature: Matrix } {
  const width = coefficients.length;
  const first = new Float64Array(width);
  const second = new Float64Array(width * width);
  const row = new Float64Array(width);
  rows.forEach((features, at) => {
    row[0] = 1;
    row.set(features, 1);
    let odds = 0;
    for (let column = 0; column < width; column += 1) odds += (row[column] ?? 0) * (coefficients[column] ?? 0);
    const probability = logistic(odds);
    const missing = (happened[at] ?? 0) - probability;
    const weight = probability * (1 - probability);
    for (let one = 0; one < width; one += 1) {
      const value = row[one] ?? 0;
      if (value === 0) continue;
      first[one] = (first[one] ?? 0) + value * missing;
      for (let other = 0; other <= one; other += 1) {
        const cell = one * width + other;
        second[cell] = (second[cell] ?? 0) + value * weight * (row[other] ?? 0);
      }
    }
  });
  const curvature = Matrix.zeros(width, width);
  for (let one = 0; one < width; one += 1)
    for (let other = 0; other <= one; other += 1) {
      curvature.set(one, other, second[one * width + other] ?? 0);
      curvature.set(other, one, second[one * width + other] ?? 0);
    }
  return { gradient: Matrix.columnVector([...first]), curvature };
}

/** The probability of log-odds. */
export function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

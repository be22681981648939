#!/bin/sh
# Writes the logs of OpenFOAM: a lid-driven cavity, solved by icoFoam and, with time steps of its own choice, by pimpleFoam.
# Usage: openfoam_case.sh FOLDER   (blockMesh, icoFoam and pimpleFoam on the PATH)
set -e
out=$1/openfoam
mkdir -p "$out"
case=$(mktemp -d)
cd "$case"
mkdir 0 constant system
put() { # class object text
  printf 'FoamFile { version 2.0; format ascii; class %s; object %s; }\n%s\n' "$1" "$2" "$3"
}
control() { # application, adjustTimeStep
  put dictionary controlDict "application $1; startFrom startTime; startTime 0; stopAt endTime; endTime 0.05; deltaT 0.005;
    writeControl timeStep; writeInterval 1000; writeFormat ascii; timeFormat general; timePrecision 6; adjustTimeStep $2; maxCo 0.3;" > system/controlDict
}
put dictionary fvSchemes 'ddtSchemes { default Euler; } gradSchemes { default Gauss linear; } divSchemes { default none; div(phi,U) Gauss linear;
  div((nuEff*dev2(T(grad(U))))) Gauss linear; } laplacianSchemes { default Gauss linear orthogonal; } interpolationSchemes { default linear; }
  snGradSchemes { default orthogonal; }' > system/fvSchemes
put dictionary fvSolution 'solvers { "p.*" { solver PCG; preconditioner DIC; tolerance 1e-06; relTol 0.05; } "U.*" { solver smoothSolver;
  smoother symGaussSeidel; tolerance 1e-05; relTol 0; } } PISO { nCorrectors 2; nNonOrthogonalCorrectors 0; pRefCell 0; pRefValue 0; }
  PIMPLE { nOuterCorrectors 1; nCorrectors 2; nNonOrthogonalCorrectors 0; pRefCell 0; pRefValue 0; }' > system/fvSolution
put dictionary blockMeshDict 'scale 0.1; vertices ( (0 0 0) (1 0 0) (1 1 0) (0 1 0) (0 0 0.1) (1 0 0.1) (1 1 0.1) (0 1 0.1) );
  blocks ( hex (0 1 2 3 4 5 6 7) (10 10 1) simpleGrading (1 1 1) ); edges (); boundary ( movingWall { type wall; faces ((3 7 6 2)); }
  fixedWalls { type wall; faces ((0 4 7 3) (2 6 5 1) (1 5 4 0)); } frontAndBack { type empty; faces ((0 3 2 1) (4 5 6 7)); } ); mergePatchPairs ();' > system/blockMeshDict
put dictionary transportProperties 'transportModel Newtonian; nu 0.01;' > constant/transportProperties
put dictionary turbulenceProperties 'simulationType laminar;' > constant/turbulenceProperties
put volScalarField p 'dimensions [0 2 -2 0 0 0 0]; internalField uniform 0; boundaryField { movingWall { type zeroGradient; }
  fixedWalls { type zeroGradient; } frontAndBack { type empty; } }' > 0/p
put volVectorField U 'dimensions [0 1 -1 0 0 0 0]; internalField uniform (0 0 0); boundaryField { movingWall { type fixedValue;
  value uniform (1 0 0); } fixedWalls { type noSlip; } frontAndBack { type empty; } }' > 0/U
control icoFoam no
blockMesh > log.blockMesh
icoFoam > log.icoFoam
control pimpleFoam yes
pimpleFoam > log.pimpleFoam
for log in icoFoam pimpleFoam; do
  mkdir -p "$out/$log"
  sed 's/^Host .*/Host   : host/; s/^Case .*/Case   : \/case/; s/^Exec .*/Exec   : '$log'/' log.$log > "$out/$log/log.$log"
done

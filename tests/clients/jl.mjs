import jsonld from "jsonld"; import {readFileSync} from "node:fs";
let t=Date.now(); const d=JSON.parse(readFileSync(process.argv[2])); console.log("load",Date.now()-t); t=Date.now();
const r=await jsonld.toRDF(d); console.log("toRDF",Date.now()-t, r.length);

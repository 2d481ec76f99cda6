package e2e_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// subtestsOf reads which names a test gives to its subtests: texts that stand as the first argument of a Run, and what
// its tables have where that argument comes from them. Tables may stand in functions that it calls.
func subtestsOf(folder map[string]*ast.FuncDecl, test string) map[string]bool {
	names, functions := map[string]bool{}, reached(folder, test)
	for _, function := range functions {
		ast.Inspect(function, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isRun(call) {
				for _, name := range named(call.Args[0], function, functions) {
					names[strings.ReplaceAll(name, " ", "_")] = true
				}
			}
			return true
		})
	}
	return names
}

// reached are a function and those of its folder that it calls, those that they call and so on.
func reached(folder map[string]*ast.FuncDecl, name string) []*ast.FuncDecl {
	var all []*ast.FuncDecl
	for names := []string{name}; len(names) > 0; names = names[1:] {
		function := folder[names[0]]
		if function == nil || slices.Contains(all, function) {
			continue
		}
		all = append(all, function)
		ast.Inspect(function, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if callee, ok := call.Fun.(*ast.Ident); ok {
					names = append(names, callee.Name)
				}
			}
			return true
		})
	}
	return all
}

func isRun(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	return ok && method.Sel.Name == "Run" && len(call.Args) == 2
}

// named are the names that the argument of a Run stands for: "a" itself, name of a range over a table, c.name of its
// rows, or a sum of such, which is one level each.
func named(arg ast.Expr, within *ast.FuncDecl, functions []*ast.FuncDecl) []string {
	switch arg := arg.(type) {
	case *ast.BinaryExpr:
		return append(named(arg.X, within, functions), named(arg.Y, within, functions)...)
	case *ast.SelectorExpr:
		return fields(arg.Sel.Name, functions)
	case *ast.Ident:
		return ranged(arg, within)
	}
	return texts(arg)
}

// fields are the texts that rows of tables have in a field.
func fields(name string, functions []*ast.FuncDecl) (all []string) {
	for _, function := range functions {
		ast.Inspect(function, func(n ast.Node) bool {
			if pair, ok := n.(*ast.KeyValueExpr); ok {
				if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
					all = append(all, texts(pair.Value)...)
				}
			}
			return true
		})
	}
	return all
}

// ranged are the texts that a variable takes in the range around it, over a table's keys or a list's elements.
func ranged(variable *ast.Ident, within *ast.FuncDecl) (all []string) {
	ast.Inspect(within, func(n ast.Node) bool {
		loop, ok := n.(*ast.RangeStmt)
		if !ok || variable.Pos() < loop.Body.Pos() || variable.Pos() >= loop.Body.End() {
			return true
		}
		table, ok := loop.X.(*ast.CompositeLit)
		if !ok {
			return true
		}
		for _, element := range table.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok && is(loop.Key, variable) {
				all = append(all, texts(pair.Key)...)
			}
			if is(loop.Value, variable) {
				all = append(all, texts(element)...)
			}
		}
		return true
	})
	return all
}

func is(expr ast.Expr, variable *ast.Ident) bool {
	ident, ok := expr.(*ast.Ident)
	return ok && ident.Name == variable.Name
}

// texts is the text that an expression is, if it is one.
func texts(expr ast.Expr) []string {
	if literal, ok := expr.(*ast.BasicLit); ok && literal.Kind == token.STRING {
		if text, err := strconv.Unquote(literal.Value); err == nil {
			return []string{text}
		}
	}
	return nil
}

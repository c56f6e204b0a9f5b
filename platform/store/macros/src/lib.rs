//! `#[db_test]`: one test body, run on SQLite and on PostgreSQL. Use it through `parvis_store::db_test`.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, ItemFn, Token, parse_macro_input};

/// `migrations = EXPRESSION`
struct Options {
    migrations: Option<Expr>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Options> {
        if input.is_empty() {
            return Ok(Options { migrations: None });
        }
        let name: Ident = input.parse()?;
        if name != "migrations" {
            return Err(syn::Error::new(name.span(), "expected `migrations = …`"));
        }
        input.parse::<Token![=]>()?;
        let migrations = input.parse()?;
        let _ = input.parse::<Option<Token![,]>>()?;
        Ok(Options { migrations: Some(migrations) })
    }
}

/// Turns `async fn name(db: Store)` into the tests `name::sqlite` and `name::postgres`.
///
/// `#[db_test(migrations = crate::MIGRATIONS)]` applies those sets first (anything that is
/// `AsRef<[Migrations]>`: a slice, an array, a vector). The body may return `Result<(), E>`.
#[proc_macro_attribute]
pub fn db_test(options: TokenStream, item: TokenStream) -> TokenStream {
    let options = parse_macro_input!(options as Options);
    let body = parse_macro_input!(item as ItemFn);
    expand(&options, &body).unwrap_or_else(syn::Error::into_compile_error).into()
}

fn expand(options: &Options, body: &ItemFn) -> syn::Result<Tokens> {
    if body.sig.asyncness.is_none() || body.sig.inputs.len() != 1 {
        return Err(syn::Error::new(body.sig.ident.span(), "expected `async fn name(db: Store)`"));
    }
    let name = &body.sig.ident;
    let sets = format_ident!("__db_test_sets_{}", name);
    let migrations = match &options.migrations {
        Some(expression) => {
            quote! { ::std::convert::AsRef::<[::parvis_store::Migrations]>::as_ref(&#expression).to_vec() }
        }
        None => quote! { ::std::vec::Vec::new() },
    };
    // Attributes such as #[ignore] or #[should_panic] belong on the tests; documentation stays on the body.
    let (on_test, on_body): (Vec<_>, Vec<_>) =
        body.attrs.iter().partition(|a| ["ignore", "should_panic"].iter().any(|n| a.path().is_ident(n)));
    let ItemFn { vis, sig, block, .. } = body;
    Ok(quote! {
        #(#on_body)*
        #[cfg(test)]
        #vis #sig #block

        // Beside the body, not in the module below: the expression means what it means here.
        #[cfg(test)]
        fn #sets() -> ::std::vec::Vec<::parvis_store::Migrations> {
            #migrations
        }

        #[cfg(test)]
        mod #name {
            #[test]
            #(#on_test)*
            fn sqlite() {
                ::parvis_store::testing::sqlite(super::#sets(), super::#name);
            }

            #[test]
            #(#on_test)*
            fn postgres() {
                ::parvis_store::testing::postgres(super::#sets(), super::#name);
            }
        }
    })
}
